#pragma once
// Containers that are whole as files, and hold something else.

#include <functional>
#include <string>

#include "transformer/container.h"

namespace noema::transformer::testing {

/// The container with its content changed.
inline std::string changed(const std::string& bytes, std::string_view kind,
                           const std::function<void(Container&)>& change) {
  Container container = unpack(bytes, kind, "m");
  change(container);
  return pack(container);
}

}  // namespace noema::transformer::testing
