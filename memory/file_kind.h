#pragma once
// What a file is, by its header.

#include <filesystem>

namespace noema::memory {

/// Whether the file is a life; not for one that is missing or cannot be read. It may be open in this process: its locks
/// stay.
bool is_life(const std::filesystem::path& path);

}  // namespace noema::memory
