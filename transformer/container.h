#pragma once
// The file that models and checkpoints live in:
//   "noema file\n", format version (u32), header bytes (u64), JSON header, byte strings, float32 arrays, SHA-256 of all
//   before (64 hex digits).
// Integers and floats are little-endian. The header names each of them with its length, in the file's order.

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

/// Reads them back. `name` (a path, say) is what errors call the bytes. Throws Error if they are foreign, truncated,
/// damaged, of another kind, or of a newer version.
Container unpack(std::string_view bytes, std::string_view kind, std::string_view name);

}  // namespace noema::transformer
