#pragma once
// How commands open lives.

#include <string>

#include "memory/life.h"

namespace noema::app {

inline memory::Life open_to_read(const std::string& path) { return memory::Life::open(path, memory::Access::kRead); }
inline memory::Life open_to_write(const std::string& path) { return memory::Life::open(path, memory::Access::kWrite); }

}  // namespace noema::app
