#pragma once
// What a name that came over the network means in a folder.

#include <filesystem>
#include <string>

namespace noema::app {

/// Whether the folder itself has an entry of this name and type. A name is one part of a path, and neither hidden nor a
/// link, so that nothing outside the folder has one.
bool has_entry(const std::filesystem::path& folder, const std::string& name, std::filesystem::file_type type);

}  // namespace noema::app
