#pragma once
// Copying a life that may be in use.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "memory/life.h"

namespace noema::app {

struct BackupValue {
  std::string file;
  std::uint64_t file_bytes = 0;
};

/// Writes a consistent copy. An existing file is refused. A FIFO, a device, or a link whose target does not exist yet
/// is written like every other result (base/output.h).
BackupValue backup(const memory::Life& life, const std::string& target);

/// {"backup","file_bytes"}.
nlohmann::ordered_json to_json(const BackupValue& value);

}  // namespace noema::app
