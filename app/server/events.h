#pragma once
// What happens in a life, read from its log, as server-sent events (WHATWG HTML, "Server-sent events").

#include <optional>
#include <string>

#include "memory/life.h"

namespace noema::app {

class Events {
 public:
  /// From behind this log position on; without one, from now on.
  Events(const std::string& life, std::optional<memory::Position> after);

  /// The next events that were committed, at most a hundred, as text of the stream; empty if there are none.
  std::string next();

 private:
  memory::Life life_;
  memory::Position position_;
};

}  // namespace noema::app
