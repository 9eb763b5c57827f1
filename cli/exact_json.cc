#include "cli/exact_json.h"

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <limits>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "events/limits.h"
#include "events/values/utf8.h"

namespace consulta {

namespace json = boost::json;

namespace {

/// Told of every piece of a text by Boost's parser; keeps the keys of the objects that are open.
class RepeatedKey {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  using Wrong = boost::system::error_code;

  std::optional<std::string> found;

  bool on_object_begin(Wrong&) {
    open_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, Wrong&) {
    open_.pop_back();
    return true;
  }
  bool on_key_part(std::string_view part, std::size_t, Wrong&) {
    key_ += part;
    return true;
  }
  bool on_key(std::string_view part, std::size_t, Wrong& wrong) {
    key_ += part;
    if (!open_.back().insert(key_).second) {
      found = key_;
      wrong = json::error::exception;  // no need to look further
      return false;
    }
    key_.clear();
    return true;
  }

  bool on_document_begin(Wrong&) { return true; }
  bool on_document_end(Wrong&) { return true; }
  bool on_array_begin(Wrong&) { return true; }
  bool on_array_end(std::size_t, Wrong&) { return true; }
  bool on_string_part(std::string_view, std::size_t, Wrong&) { return true; }
  bool on_string(std::string_view, std::size_t, Wrong&) { return true; }
  bool on_number_part(std::string_view, Wrong&) { return true; }
  bool on_int64(std::int64_t, std::string_view, Wrong&) { return true; }
  bool on_uint64(std::uint64_t, std::string_view, Wrong&) { return true; }
  bool on_double(double, std::string_view, Wrong&) { return true; }
  bool on_bool(bool, Wrong&) { return true; }
  bool on_null(Wrong&) { return true; }
  bool on_comment_part(std::string_view, Wrong&) { return true; }
  bool on_comment(std::string_view, Wrong&) { return true; }

 private:
  std::vector<std::set<std::string>> open_;
  std::string key_;
};

}  // namespace

Result<json::value> readExactJson(const std::string& text) {
  json::parse_options options;
  options.max_depth = limits::json_depth_max;
  boost::system::error_code wrong;
  auto value = json::parse(text, wrong, {}, options);
  if (wrong) {
    return usage("json.form", msg("it is not a JSON object: {why}",
                                  arg("why", msg("{what}", arg("what", wrong.message())))));
  }
  json::basic_parser<RepeatedKey> keys(options);
  keys.write_some(false, text.data(), text.size(), wrong);
  if (const auto& key = keys.handler().found) {
    return usage("json.key", msg("the key \"{key}\" stands twice in one object; write it once",
                                 arg("key", excerpt(*key))));
  }
  return value;
}

}  // namespace consulta
