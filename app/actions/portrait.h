#pragma once
// The part of a life that the report of an experiment shows.

#include <filesystem>
#include <nlohmann/json.hpp>

namespace noema::app {

/// {"nodes", "edges", "thoughts", "by_kind"}: the composites and merged concepts that are used most, the concepts that
/// connect them, and the thoughts with the largest gains. Throws base::Error if the life cannot be read.
nlohmann::json portrait(const std::filesystem::path& life);

}  // namespace noema::app
