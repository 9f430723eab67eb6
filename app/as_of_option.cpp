#include "app/as_of_option.h"

namespace noema::app {

void add_as_of_option(CLI::App& command, std::string& as_of) {
  command.add_option(
      "--as-of", as_of,
      "The life as it was then: a time, or the number of an input. The log is replayed up to there, which "
      "takes as long as `noema replay` does");
}

LifeAsOf as_it_was(const std::string& life, const std::string& as_of, const Globals& globals) {
  ProgressBar bar(globals);
  return LifeAsOf(life, as_of, {[&](double share) { bar.show(share, "replaying the log"); }, stop_token()});
}

}  // namespace noema::app
