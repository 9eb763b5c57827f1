#include "engine/log/append_check.h"

#include <algorithm>

namespace consulta {
namespace {

Status checkBeside(Position position, const std::vector<Beside>& beside) {
  if (beside.size() > limits::list_items_max) {
    return refused(
        "log.beside.count",
        msg("{count} values are to lie beside record {position}, but at most {most} may. "
            "Divide the entry into several.",
            arg("count", beside.size()), arg("position", position.value),
            arg("most", limits::list_items_max)));
  }
  for (auto value = beside.begin(); value != beside.end(); ++value) {
    if (value->key.empty() || value->key.size() > limits::symbol_bytes_max ||
        value->bytes.size() > limits::record_bytes_max) {
      return refused(
          "log.beside.size",
          msg("The value '{key}' beside record {position} has a name or a content beyond "
              "the bounds (name 1 to {name} bytes, content at most {content} bytes). "
              "Shorten it.",
              arg("key", std::string_view(value->key).substr(0, limits::symbol_bytes_max)),
              arg("position", position.value), arg("name", limits::symbol_bytes_max),
              arg("content", limits::record_bytes_max)));
    }
    if (std::any_of(beside.begin(), value,
                    [&](const Beside& earlier) { return earlier.key == value->key; })) {
      return refused("log.beside.twice",
                     msg("The value '{key}' is given twice beside record {position}. Give it once.",
                         arg("key", value->key), arg("position", position.value)));
    }
  }
  return Done{};
}

}  // namespace

Failure logIsBroken() {
  return unavailable("log.broken",
                     msg("An earlier write to the disk failed, so this register takes no more "
                         "entries. Check the disk and its free space, then start the program "
                         "again: what was acknowledged is safe."));
}

Status checkAppend(Position last, bool broken, Position at, std::span<const NewRecord> batch) {
  if (broken) return logIsBroken();
  if (at.value != last.value + 1) {
    return conflict("log.position",
                    msg("The log ends at position {last}, so nothing can be written at position "
                        "{at}. Another writer was faster; read its entries, then try again.",
                        arg("last", last.value), arg("at", at.value)));
  }
  if (batch.empty() || batch.size() > log_batch_records_max) {
    return refused("log.batch",
                   msg("{count} entries were to be written at once, but 1 to {most} can be. Divide "
                       "them into several submissions.",
                       arg("count", batch.size()), arg("most", log_batch_records_max)));
  }
  Position position = at;
  for (const NewRecord& record : batch) {
    if (record.bytes.empty() || record.bytes.size() > limits::record_bytes_max) {
      return refused(
          "log.record.size",
          msg("The entry for position {position} takes {bytes} bytes, but an entry takes "
              "1 to {most}. Shorten its texts, or put them into a document.",
              arg("position", position.value), arg("bytes", record.bytes.size()),
              arg("most", limits::record_bytes_max)));
    }
    auto beside = checkBeside(position, record.beside);
    if (!beside) return beside;
    ++position.value;
  }
  return Done{};
}

}  // namespace consulta
