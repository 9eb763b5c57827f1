#include "engine/backup/backup_list.h"

#include <boost/json.hpp>

#include "events/limits.h"

namespace consulta {

namespace json = boost::json;

namespace {

constexpr std::uint64_t list_format = 1;
constexpr std::string_view name_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

/// Member by member; throws what Boost.JSON throws for what is not there or of another kind.
std::uint64_t number(const json::object& object, std::string_view name) {
  return object.at(name).to_number<std::uint64_t>();
}
std::string text(const json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

bool isName(std::string_view text) {
  return !text.empty() && text.front() != '.' &&
         text.find_first_not_of(name_characters) == text.npos;
}

}  // namespace

bool isBackedUpPath(std::string_view path) {
  if (path == "head") return true;
  const auto slash = path.find('/');
  if (slash == path.npos) return false;
  const auto rest = path.substr(slash + 1);
  if (path.substr(0, slash) == "log") return isName(rest);
  const auto second = rest.find('/');
  return path.substr(0, slash) == "files" && second != rest.npos &&
         isName(rest.substr(0, second)) && isName(rest.substr(second + 1));
}

bool writeBackupList(const BackupList& list, const std::function<bool(std::string_view)>& take) {
  const json::object whole{
      {"format", list_format},        {"register", toText(list.identity.registerId)},
      {"epoch", list.identity.epoch}, {"position", list.last.value},
      {"hash", list.lastHash},        {"made", list.madeAtNs},
      {"files", list.files.size()}};
  if (!take(json::serialize(whole) + "\n")) return false;
  for (const auto& file : list.files) {
    const json::object line{
        {"path", file.path}, {"size", file.size}, {"sha256", file.sha256}, {"object", file.object}};
    if (!take(json::serialize(line) + "\n")) return false;
  }
  return true;
}

bool BackupListReader::line(std::string_view line) {
  const auto object = json::parse(line).as_object();
  if (!begun_) {
    begun_ = true;
    newer_ = number(object, "format") > list_format;
    if (newer_) return false;
    const auto id = readWideId<RegisterId>(text(object, "register"));
    if (!id) return false;
    list_.identity = {*id, number(object, "epoch")};
    list_.last = Position(number(object, "position"));
    list_.lastHash = text(object, "hash");
    list_.madeAtNs = object.at("made").to_number<std::int64_t>();
    expected_ = number(object, "files");
    return true;
  }
  list_.files.push_back({text(object, "path"), number(object, "size"), text(object, "sha256"),
                         text(object, "object")});
  const auto& file = list_.files.back();
  return isBackedUpPath(file.path) && isName(file.object) && file.object.size() == 64;
}

bool BackupListReader::add(std::string_view piece) {
  bytes_ += piece.size();
  if (bytes_ > limits::backup_list_bytes_max) wrong_ = true;
  while (!wrong_) {
    const auto end = piece.find('\n');
    rest_ += piece.substr(0, end);
    if (end == piece.npos) break;
    piece.remove_prefix(end + 1);
    try {
      wrong_ = !line(rest_);
    } catch (const std::exception&) {  // what Boost.JSON throws for what is no such object
      wrong_ = true;
    }
    rest_.clear();
  }
  return !wrong_;
}

Result<BackupList> BackupListReader::finish() {
  if (newer_) {
    return unavailable("backup.newer", msg("the backup was made by a newer version of the program; "
                                           "use that version, or a later one"));
  }
  if (wrong_ || !begun_ || !rest_.empty() || list_.files.size() != expected_) {
    return damaged("backup.list", msg("what the backup lists cannot be read; use another backup"));
  }
  return std::move(list_);
}

}  // namespace consulta
