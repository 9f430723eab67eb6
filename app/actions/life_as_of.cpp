#include "app/actions/life_as_of.h"

#include "app/actions/ask.h"
#include "app/lives.h"
#include "base/failure_context.h"

namespace noema::app {

memory::Position position_as_of(const std::string& life, const std::string& moment) {
  const memory::Life present = open_to_read(life);
  return reasoning::position_as_of(present, as_of(present, moment));
}

LifeAsOf::LifeAsOf(const std::string& life, const std::string& moment, const reasoning::ReplayEvents& events)
    : path_(life) {
  if (moment.empty()) return;
  const memory::Life present = open_to_read(life);
  replay(present, reasoning::position_as_of(present, as_of(present, moment)), events);
}

LifeAsOf::LifeAsOf(const std::string& life, memory::Position until, const reasoning::ReplayEvents& events)
    : path_(life) {
  replay(open_to_read(life), until, events);
}

void LifeAsOf::replay(const memory::Life& present, memory::Position until, const reasoning::ReplayEvents& events) {
  const base::FailureContext context("replaying a life up to a moment");
  if (until >= present.last_position()) return;
  folder_ = std::make_unique<base::TemporaryFolder>();
  path_ = (folder_->path() / present.path().filename()).string();
  reasoning::life_as_of(present, until, path_, events);
}

}  // namespace noema::app
