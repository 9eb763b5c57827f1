#include "events/exact_json.h"

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

/// Told of every piece of a text by Boost's parser, it builds the value on Boost's stack and keeps
/// the keys of the objects that are open.
class ExactHandler {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = max_object_size;
  static constexpr std::size_t max_string_size = max_object_size;

  using Wrong = boost::system::error_code;

  ExactHandler() { stack_.reset(); }

  [[nodiscard]] const std::optional<std::string>& repeatedKey() const { return repeated_; }
  /// Only once the text has been read to its end.
  [[nodiscard]] json::value value() { return stack_.release(); }

  // NOLINTBEGIN(readability-identifier-naming): these names are Boost's.
  bool on_object_begin(Wrong&) {
    open_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t size, Wrong&) {
    open_.pop_back();
    stack_.push_object(size);
    return true;
  }
  bool on_array_begin(Wrong&) { return true; }
  bool on_array_end(std::size_t size, Wrong&) {
    stack_.push_array(size);
    return true;
  }
  bool on_key_part(std::string_view part, std::size_t, Wrong&) {
    key_ += part;
    return true;
  }
  bool on_key(std::string_view part, std::size_t, Wrong& wrong) {
    key_ += part;
    if (!open_.back().insert(key_).second) {
      repeated_ = key_;
      wrong = json::error::exception;  // no need to look further
      return false;
    }
    stack_.push_key(key_);
    key_.clear();
    return true;
  }
  bool on_string_part(std::string_view part, std::size_t, Wrong&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(std::string_view part, std::size_t, Wrong&) {
    stack_.push_string(part);
    return true;
  }
  bool on_int64(std::int64_t number, std::string_view, Wrong&) {
    stack_.push_int64(number);
    return true;
  }
  bool on_uint64(std::uint64_t number, std::string_view, Wrong&) {
    stack_.push_uint64(number);
    return true;
  }
  bool on_double(double number, std::string_view, Wrong&) {
    stack_.push_double(number);
    return true;
  }
  bool on_bool(bool flag, Wrong&) {
    stack_.push_bool(flag);
    return true;
  }
  bool on_null(Wrong&) {
    stack_.push_null();
    return true;
  }
  // A number comes as a whole as well, and comments are refused.
  bool on_number_part(std::string_view, Wrong&) { return true; }
  bool on_comment_part(std::string_view, Wrong&) { return true; }
  bool on_comment(std::string_view, Wrong&) { return true; }
  bool on_document_begin(Wrong&) { return true; }
  bool on_document_end(Wrong&) { return true; }
  // NOLINTEND(readability-identifier-naming)

 private:
  json::value_stack stack_;
  std::vector<std::set<std::string>> open_;
  std::string key_;
  std::optional<std::string> repeated_;
};

}  // namespace

Result<json::value> readExactJson(const std::string& text) {
  json::parse_options options;
  options.max_depth = limits::json_depth_max;
  boost::system::error_code wrong;
  json::basic_parser<ExactHandler> parser(options);
  const auto read = parser.write_some(false, text.data(), text.size(), wrong);
  if (const auto& key = parser.handler().repeatedKey()) {
    return usage("json.key", msg("the key \"{key}\" stands twice in one object; write it once",
                                 arg("key", excerpt(*key))));
  }
  if (!wrong && read < text.size()) wrong = json::error::extra_data;
  if (wrong) {
    return usage("json.form", msg("it is not a JSON object: {why}",
                                  arg("why", msg("{what}", arg("what", wrong.message())))));
  }
  return parser.handler().value();
}

}  // namespace consulta
