#include "tests/bench/raw.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "engine/log/database_options.h"
#include "engine/log/stored_form.h"
#include "tests/bench/measure.h"

namespace consulta::bench {

namespace {

void orThrow(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

rocksdb::WriteOptions synced() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

/// A register's database, opened to be read.
class OpenLog {
 public:
  explicit OpenLog(const std::filesystem::path& registerDirectory) {
    const auto path = (registerDirectory / "log").string();
    std::vector<std::string> names;
    orThrow(rocksdb::DB::ListColumnFamilies(rocksdb::DBOptions(), path, &names));
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (const auto& name : names) {
      const auto use = name == records_family || name == beside_family ? FamilyUse::sequential
                                                                       : FamilyUse::keyed;
      families.emplace_back(name, rocks::familyOptions(use, rocks::blockCache()));
    }
    rocksdb::DB* db = nullptr;
    orThrow(rocksdb::DB::OpenForReadOnly(rocksdb::DBOptions(), path, families, &handles_, &db));
    db_.reset(db);
  }
  ~OpenLog() {
    for (auto* one : handles_) db_->DestroyColumnFamilyHandle(one).PermitUncheckedError();
  }
  OpenLog(const OpenLog&) = delete;
  OpenLog& operator=(const OpenLog&) = delete;

  [[nodiscard]] std::unique_ptr<rocksdb::Iterator> iterator(std::string_view family) const {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    for (auto* one : handles_) {
      if (one->GetName() == family) {
        return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options, one));
      }
    }
    throw std::runtime_error("the register has no such table");
  }

 private:
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  std::unique_ptr<rocksdb::DB> db_;
};

rocksdb::Slice slice(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace

RawDatabase::RawDatabase(const std::filesystem::path& directory) {
  rocksdb::Options options;
  options.create_if_missing = true;
  options.error_if_exists = true;
  rocksdb::DB* db = nullptr;
  orThrow(rocksdb::DB::Open(options, directory.string(), &db));
  db_.reset(db);
}

RawDatabase::~RawDatabase() = default;

double RawDatabase::putEach(const KeyValues& all, std::size_t threads) {
  return seconds([&] {
    std::vector<std::jthread> running;
    for (std::size_t first = 0; first < threads; ++first) {
      running.emplace_back([&, first] {
        for (auto i = first; i < all.size(); i += threads) {
          orThrow(db_->Put(synced(), all[i].first, all[i].second));
        }
      });
    }
  });
}

double RawDatabase::writeEach(const std::vector<KeyValues>& batches) {
  return seconds([&] {
    rocksdb::WriteBatch batch;
    for (const auto& one : batches) {
      batch.Clear();
      for (const auto& [key, value] : one) orThrow(batch.Put(key, value));
      orThrow(db_->Write(synced(), &batch));
    }
  });
}

double scanRecords(const std::filesystem::path& registerDirectory) {
  const OpenLog log(registerDirectory);
  return seconds([&] {
    const auto at = log.iterator(records_family);
    std::size_t bytes = 0;
    for (at->SeekToFirst(); at->Valid(); at->Next()) bytes += at->value().size();
    orThrow(at->status());
    if (bytes == 0) throw std::runtime_error("there was nothing to read");
  });
}

std::vector<KeyValues> batchesOf(const std::filesystem::path& registerDirectory, Position behind,
                                 const std::vector<Position>& ends) {
  const OpenLog log(registerDirectory);
  std::vector<KeyValues> out;
  const PositionKey from{Position(behind.value + 1)};
  auto beside = log.iterator(beside_family);
  beside->Seek(slice(from.view()));
  auto end = std::ranges::upper_bound(ends, behind);
  bool ended = true;
  auto at = log.iterator(records_family);
  for (at->Seek(slice(from.view())); at->Valid(); at->Next()) {
    const std::string_view key(at->key().data(), at->key().size());
    if (std::exchange(ended, positionOfKey(key) == *end)) out.emplace_back();
    if (ended) ++end;
    out.back().emplace_back(key, at->value().ToString());
    for (; beside->Valid() && beside->key().starts_with(at->key()); beside->Next()) {
      out.back().emplace_back(beside->key().ToString(), beside->value().ToString());
    }
  }
  orThrow(at->status());
  return out;
}

KeyValues joined(const std::vector<KeyValues>& batches) {
  KeyValues out;
  for (const auto& one : batches) out.insert(out.end(), one.begin(), one.end());
  return out;
}

KeyValues recordsOf(const std::vector<KeyValues>& batches) {
  const auto keyBytes = PositionKey(Position(1)).view().size();
  auto out = joined(batches);
  std::erase_if(out, [&](const auto& one) { return one.first.size() != keyBytes; });
  return out;
}

}  // namespace consulta::bench
