#include "app/search_options.h"

#include "app/command.h"

namespace noema::app {

void add_search_options(CLI::App& command, transformer::TranslateOptions& options) {
  command
      .add_option("--beam", options.beam,
                  "Size of the beam when translating: hypotheses that are kept at each token; 1 searches greedily")
      ->capture_default_str()
      ->check(within(base::ranges::kBeam));
  command
      .add_option("--length-power", options.length_power,
                  "Translations are ranked by ln p / tokens^POWER: a higher power prefers longer ones")
      ->capture_default_str()
      ->check(within(base::ranges::kLengthPower));
}

}  // namespace noema::app
