#pragma once
// What the report of an experiment shows of a life.

#include <filesystem>
#include <nlohmann/json.hpp>

namespace noema::app {

/// {"nodes", "edges", "thoughts", "by_kind"}: the composites and merged concepts that are used most, the concepts that
/// stand between them, and the thoughts that gained most. Throws base::Error if the life cannot be read.
nlohmann::json portrait(const std::filesystem::path& life);

}  // namespace noema::app
