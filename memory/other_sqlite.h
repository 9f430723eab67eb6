#pragma once
// What must be known where a program reads a life with an SQLite of its own beside ours. Two SQLites in one process do
// not know of each other, and when either closes a file, the locks that the other holds on it are gone
// (https://www.sqlite.org/howtocorrupt.html, 2.2.1).

#include <filesystem>

namespace noema::memory {

/// Whether a program's function sqlite3_libversion is that of the SQLite that we are linked with.
bool is_our_sqlite(const char* (*libversion)());
/// Whether a process has the life open for writing. Makes and writes nothing.
bool has_writer(const std::filesystem::path& life);

}  // namespace noema::memory
