#include "base/error.h"

namespace noema::base {

void check(bool holds, std::string_view message) {
  if (!holds) throw std::logic_error("noema is at fault (please report this): " + std::string(message));
}

}  // namespace noema::base
