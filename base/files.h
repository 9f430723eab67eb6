#pragma once
// Reading files (base/output.h writes them), with errors that say which file and what to do.

#include <filesystem>
#include <string>
#include <string_view>

#include "base/line_reader.h"
#include "base/output.h"

namespace noema::base {

/// Throws Error if there is no such file, or it is a folder. Opens nothing: a pipe keeps what is in it.
void require_file(const std::filesystem::path& path);

/// Whole file. Throws Error if it is missing, no file, or unreadable.
std::string read_file(const std::filesystem::path& path);

}  // namespace noema::base
