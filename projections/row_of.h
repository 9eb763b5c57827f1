// The row of one aggregate, made of its plain struct. Included by the aggregates' fold files only:
// each instantiates it once.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "projections/describe.h"
#include "projections/row.h"

namespace consulta {

/// `Fields` is the described struct, whose `aggregate` is its member of the event union; `getter`
/// reads that member. `fold(Fields&, RowHead&, <its events>::Reader, const FoldStep&)` is declared
/// beside the struct.
template <typename Fields, auto getter>
class RowOf final : public Row {
 public:
  [[nodiscard]] std::uint16_t aggregate() const override {
    return static_cast<std::uint16_t>(Fields::aggregate);
  }
  [[nodiscard]] std::unique_ptr<Row> clone() const override {
    return std::make_unique<RowOf>(*this);
  }
  [[nodiscard]] Node fields() const override { return described::toNode(body_); }
  [[nodiscard]] Node shape() const override { return described::shapeOf<Fields>(); }
  void forEachRef(const std::function<void(EntityId)>& visit) const override {
    described::forEachRef(body_, visit);
  }
  void forEachName(const std::function<void(const char*)>& visit) const override {
    described::forEachName<Fields>(visit);
  }
  [[nodiscard]] std::uint16_t eventTag(schema::Event::Reader event) const override {
    return static_cast<std::uint16_t>((event.*getter)().which());
  }
  void fold(const FoldStep& step) override {
    consulta::fold(body_, head, (step.event.*getter)(), step);
  }
  [[nodiscard]] bool equals(const Row& other) const override {
    return other.aggregate() == aggregate() && head == other.head &&
           body_ == static_cast<const RowOf&>(other).body_;
  }
  [[nodiscard]] const void* body() const override { return &body_; }

 protected:
  void encodeFields(std::string& out) const override { described::put(out, body_); }
  [[nodiscard]] bool decodeFields(std::string_view bytes) override {
    described::Source from{bytes};
    described::get(from, body_);
    return !from.broken && from.rest.empty();
  }

 private:
  Fields body_;
};

}  // namespace consulta
