#include "app/actions/life_as_of.h"

#include "app/actions/ask.h"
#include "app/lives.h"
#include "base/failure_context.h"

namespace noema::app {

LifeAsOf::LifeAsOf(const std::string& life, const std::string& as_of, const reasoning::ReplayEvents& events)
    : path_(life) {
  if (as_of.empty()) return;
  const base::FailureContext context("replaying a life up to a moment");
  const memory::Life present = open_to_read(life);
  const memory::Position until = reasoning::position_as_of(present, app::as_of(present, as_of));
  if (until == present.last_position()) return;
  folder_ = std::make_unique<base::TemporaryFolder>();
  path_ = (folder_->path() / present.path().filename()).string();
  reasoning::life_as_of(present, until, path_, events);
}

}  // namespace noema::app
