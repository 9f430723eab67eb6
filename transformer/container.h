#pragma once
// The file format of models and checkpoints:
//   "noema file\n", format version (u32), size of the header in bytes (u64), JSON header, byte strings, float32 arrays,
//   SHA-256 of everything before it (64 hex digits).
// Integers and floats are little-endian. The header lists the byte strings and arrays with their names and lengths, in
// the file's order.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace noema::transformer {

inline constexpr std::uint32_t kContainerVersion = 1;

struct Container {
  std::string kind;       ///< "model" or "checkpoint"
  nlohmann::json header;  ///< everything else
  std::map<std::string, std::string> blobs;
  std::map<std::string, std::vector<float>> arrays;
};

/// The bytes of a container. O(bytes).
std::string pack(const Container& container);

/// Reads a container from its bytes. Error messages call them `name`, such as a path. Throws Error if the bytes are no
/// container, truncated, damaged, of another kind, or of a newer version.
Container unpack(std::string_view bytes, std::string_view kind, std::string_view name);

}  // namespace noema::transformer
