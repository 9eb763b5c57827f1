// What the program says when it is aborted in the midst of its work.
#pragma once

#include <string>

namespace consulta {

/// When the process is aborted from now on, `text` goes to the descriptor `to` and it ends with
/// `code`. RocksDB, as the distribution builds it, aborts at some damage that it does not expect
/// (a flipped bit in the properties of a table, say), and its own line names neither the register
/// nor what to do. What was acknowledged lies on the disk already. For one thread at a time.
void sayWhenAborted(int to, std::string text, int code);

/// The process may be aborted in silence again.
void forgetLastWords();

}  // namespace consulta
