// Every bound of the program, in one place. Beyond one of them a clear refusal follows, never a
// truncation. A bound that shapes what is stored says so.
#pragma once

#include <cstddef>
#include <cstdint>

namespace consulta::limits {

/// An encoded record. The entry tiles of the audit format give a length 16 bits.
constexpr std::size_t record_bytes_max = 65'535;
/// Entries of one submission, which is atomic and is written as one batch.
constexpr std::size_t submission_entries_max = 10'000;
/// Submissions that wait for the writer; beyond it the submitter is told to try again.
constexpr std::size_t queue_submissions_max = 4'096;
/// What has fallen due is entered in rounds of so many.
constexpr std::size_t due_entries_at_once = 2'048;
/// Entries that the writer puts into one synced batch, unless one submission alone is larger.
constexpr std::size_t batch_entries_max = 4'096;
/// How far rows and indexes on disk may trail the log: what an opening folds forward at most.
constexpr std::uint64_t tail_records_max = 20'000;
/// One text in one language, in bytes of UTF-8.
constexpr std::size_t text_bytes_max = 16'000;
/// A symbol, an id, a code or a name of a field.
constexpr std::size_t symbol_bytes_max = 200;
/// Steps of one procedure.
constexpr std::size_t procedure_steps_max = 100;
/// Texts of procedures that are kept taken apart.
constexpr std::size_t procedures_kept_max = 32;
/// Entities on the trail of one, each way; what is nearest is shown.
constexpr std::size_t trail_entities_max = 1'000;
/// Members of a list in one entry.
constexpr std::size_t list_items_max = 1'000;
/// One line of an import, or one JSON submission.
constexpr std::size_t json_bytes_max = std::size_t{16} << 20U;
/// A table of a spreadsheet (CSV): the whole file, one cell, the cells of a row, and how many
/// faulty lines are named at once. Its rows are the entries of one submission.
constexpr std::size_t csv_bytes_max = std::size_t{16} << 20U;
constexpr std::size_t csv_cell_bytes_max = 65'535;
constexpr std::size_t csv_columns_max = 1'000;
constexpr std::size_t csv_faults_max = 100;
/// Spare keys of future subjects that one sync may carry, and the number that a server asks for.
constexpr std::size_t subject_keys_ahead_max = 1'024;
constexpr std::size_t subject_keys_ahead = 64;
/// Subject keys kept unsealed in memory.
constexpr std::size_t subject_keys_cached_max = 4'096;
/// Rows read from the disk that are kept in memory.
constexpr std::size_t rows_cached_max = 2'048;
/// One stored file, in bytes. It is read and written in pieces, so it need not fit in memory.
constexpr std::uint64_t file_bytes_max = std::uint64_t{1} << 30U;
/// The pieces that a stored file and a backup are sealed in; it shapes what is stored.
constexpr std::size_t sealed_piece_bytes = std::size_t{64} << 10U;
/// The list of what one backup holds, about 250 bytes a file.
constexpr std::size_t backup_list_bytes_max = std::size_t{1} << 30U;
/// The database of a key store whose copy is taken back: about 100 bytes a person or file.
constexpr std::uint64_t key_rows_bytes_max = std::uint64_t{16} << 30U;
/// How deep a JSON text may nest before it is refused.
constexpr std::size_t json_depth_max = 16;
/// How far the clock may jump between two records before the writer stops: an hour back is a
/// broken clock, and so is a year ahead of the newest record. Deadlines take effect unasked only
/// within three weeks of it: longer than an office closes, shorter than the month by which a clock
/// is off whose date was set wrong.
constexpr std::int64_t clock_back_ns_max = 3'600'000'000'000;
constexpr std::int64_t clock_ahead_ns_max = 366LL * 86'400 * 1'000'000'000;
constexpr std::int64_t clock_ahead_of_due_ns_max = 21LL * 86'400 * 1'000'000'000;
/// How long one may withdraw what one has entered; after that it is corrected.
constexpr std::int64_t undo_ns = 24LL * 3'600 * 1'000'000'000;
/// How long after its day an entry still counts as entered as it happens: letters take their time.
/// What it brings about after that in the midst of entries of that kind needs authority.
constexpr std::int64_t late_ns = 7LL * 24 * 3'600 * 1'000'000'000;
/// How long a second process waits for the owner of a directory.
constexpr std::uint32_t owner_wait_ms = 5'000;

// --- looking for names ---

/// Rows that are read to find who is called so, or begins so, in one question; beyond them an id is
/// asked for.
constexpr std::size_t names_scanned_max = 50'000;

// --- the server ---

/// One frame of the event protocol: a submission in JSON and what surrounds it. Until a peer has
/// said hello, much less.
constexpr std::size_t frame_bytes_max = json_bytes_max + (std::size_t{64} << 10U);
constexpr std::size_t first_frame_bytes_max = std::size_t{4} << 10U;
/// Peers at once, and requests of one that are open at once.
constexpr std::size_t connections_max = 4'096;
constexpr std::size_t requests_open_max = 1'024;
/// What may wait to be sent to one peer: beyond it no event is fetched for it and no further
/// request of it is read.
constexpr std::size_t unsent_bytes_max = std::size_t{1} << 20U;
/// Events of one message, and records that are looked at in one go for one subscriber, so that
/// others have their turn.
constexpr std::size_t event_batch_bytes = std::size_t{64} << 10U;
constexpr std::size_t feed_records_at_once = 20'000;
/// Commands of peers that run at once, each in a thread of its own; one that follows the log is
/// one.
constexpr std::size_t commands_at_once = 64;
/// How long a peer may take to say hello, to send the rest of what it has begun, to take what it
/// was sent or has asked for, and to say nothing at all; and how often an idle subscriber is told
/// that all is well.
constexpr std::uint32_t hello_ms = 5'000;
constexpr std::uint32_t rest_of_request_ms = 30'000;
constexpr std::uint32_t stall_ms = 30'000;
constexpr std::uint32_t idle_ms = 600'000;
constexpr std::uint32_t heartbeat_ms = 15'000;
/// The line and the headers of one HTTP request.
constexpr std::uint32_t http_head_bytes_max = std::uint32_t{16} << 10U;
/// How often a server looks whether something has fallen due.
constexpr std::uint32_t due_look_ms = 250;
/// Named consumers of one register, entities that one of them may hold back, and what it says of
/// why.
constexpr std::size_t consumers_max = 1'000;
constexpr std::size_t consumer_held_max = 10'000;
constexpr std::size_t consumer_reason_bytes_max = 1'000;

}  // namespace consulta::limits
