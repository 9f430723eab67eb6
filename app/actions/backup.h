#pragma once
// A copy of a life that is in use.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "memory/life.h"

namespace noema::app {

struct BackupValue {
  std::string file;
  std::uint64_t file_bytes = 0;
};

/// Writes a consistent copy. A file that is there is refused; a FIFO, a device and a link to no file yet are written
/// as every result is (base/output.h).
BackupValue backup(const memory::Life& life, const std::string& target);

/// {"backup","file_bytes"}.
nlohmann::ordered_json to_json(const BackupValue& value);

}  // namespace noema::app
