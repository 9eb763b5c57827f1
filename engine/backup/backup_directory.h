// A directory of backups of one register. Nothing in it can be read without the key, and nothing
// changed without its being noticed: neither bytes nor names, order or number of files.
//
//   FORMAT              "consulta backup format 1\nkey ID\n": which format, and which key opens it
//   owner               locked while a backup is made
//   objects/ab/cdef...  bytes of files, sealed as sealed_stream.h says under the backup key, the
//                       label "backup object " and the object's name. The name is the HMAC-SHA256
//                       of what tells the content from any other, under a key of its own: without
//                       the key it says nothing, and the same content has the same name
//   backups/000001      the list of one backup, sealed, the label "backup list " and the number;
//                       written last, so that a backup is there as a whole or not at all
//   new-...             on the way; left behind by a crash, and removed by the next backup
//
// Objects are shared by all backups that hold the same bytes: that is what makes a backup after
// the first one small. They are never changed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/backup/backup_list.h"
#include "engine/log/owner_lock.h"
#include "engine/store/sealed_stream.h"
#include "events/result.h"

namespace consulta {

/// For one thread.
class BackupDirectory {
 public:
  /// Opens it for making backups, and makes it when there is none or it is empty. Refused when it
  /// holds something else (backup.foreign) or was made with another key (backup.key.other);
  /// unavailable while another process makes one there.
  [[nodiscard]] static Result<BackupDirectory> forBackup(const std::filesystem::path& path,
                                                         Secret key, const Owner& owner,
                                                         FileGuard guard = {});
  /// Opens it for reading; it may lie on a medium that cannot be written.
  [[nodiscard]] static Result<BackupDirectory> forReading(const std::filesystem::path& path,
                                                          Secret key);
  /// Whether backups were ever made there: then their key is needed, not a new one.
  [[nodiscard]] static bool isThere(const std::filesystem::path& path);

  /// The numbers of the backups that are whole, oldest first.
  [[nodiscard]] Result<std::vector<std::uint64_t>> numbers() const;
  [[nodiscard]] Result<BackupList> list(std::uint64_t number) const;
  /// The file that the list of a backup is in.
  [[nodiscard]] std::filesystem::path listFile(std::uint64_t number) const;

  /// The name of the object whose content is told from any other by `identity`.
  [[nodiscard]] std::string nameOf(std::string_view identity) const;
  /// Whether the object is there, with the length that so many bytes have.
  [[nodiscard]] bool holds(const std::string& object, std::uint64_t clearBytes) const;
  /// Gives the bytes of an object; `damaged` names it as `path`.
  [[nodiscard]] Status read(const BackedUpFile& wanted, const ClearSink& sink) const;

  /// Seals what `fill` gives into an object, which is durable after the next addList(). `fill`
  /// returns what went wrong, and then there is no object.
  [[nodiscard]] Status addObject(const std::string& object,
                                 const std::function<Status(SealedWriter&)>& fill);
  /// Makes a backup of what was added: after this it is there, durably.
  [[nodiscard]] Status addList(std::uint64_t number, const BackupList& list);
  /// Removes all backups but the newest `keep`, and the objects that no other one holds. Nothing
  /// is removed while one of those cannot be read: nobody knows what it holds.
  [[nodiscard]] Status removeAllBut(std::size_t keep);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  BackupDirectory(std::filesystem::path path, Secret key, FileGuard guard = {});
  [[nodiscard]] Status prepare();
  [[nodiscard]] Status makeFolder(const std::filesystem::path& path) const;
  [[nodiscard]] Status writeSealed(const std::filesystem::path& path, const std::string& label,
                                   const std::function<Status(SealedWriter&)>& fill);

  std::filesystem::path path_;
  Secret key_;
  Secret names_;
  FileGuard guard_;
  std::unique_ptr<OwnerLock> lock_;
  std::set<std::filesystem::path> unsynced_;  // directories in which something was renamed
};

}  // namespace consulta
