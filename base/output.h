#pragma once
// Writing results: files that a command was asked to write, and standard output.

#include <filesystem>
#include <string_view>

namespace noema::base {

/// Writes `content` to `path`, whatever kind of file that is:
/// a regular or new file gets its content at once (written beside it and renamed; its permissions stay), so that
/// readers see the old or the new content, never half; a symbolic link is followed and stays; a FIFO, a terminal or
/// another character device is written through, and so is a path that names standard output or standard error. Throws
/// Error for anything else, and if writing fails; a regular file is then unchanged.
void write_file(const std::filesystem::path& path, std::string_view content);

/// Throws Error if write_file() would refuse the path: the folder does not exist or cannot be written to, or the path
/// names a folder, a socket or a block device. Nothing is written. For commands that compute long before they write.
void require_writable(const std::filesystem::path& path);

/// Writes to standard output. Throws Error if that fails, such as on a full disk or a closed pipe.
void write_standard_output(std::string_view text);

/// Hands everything that was written to standard output to the operating system. Throws Error if that fails.
void flush_standard_output();

}  // namespace noema::base
