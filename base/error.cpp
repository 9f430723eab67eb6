#include "base/error.h"

namespace noema::base {

void check(bool holds, std::string_view message) {
  if (!holds) throw Bug(std::string(message));
}

}  // namespace noema::base
