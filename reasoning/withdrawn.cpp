#include "reasoning/withdrawn.h"

#include "reasoning/journal.h"
#include "reasoning/thoughts/withdraw.h"

namespace noema::reasoning {

std::map<memory::EpisodeId, double> withdrawn_inputs(const memory::Life& life) {
  std::map<memory::EpisodeId, double> inputs;
  const auto log = life.thoughts();
  for (auto id = log.next_of_kind(thoughts::withdraw().name(), 0); id;
       id = log.next_of_kind(thoughts::withdraw().name(), *id)) {
    const auto row = log.find(*id);
    if (row) inputs.emplace(thoughts::withdrawn_in(thought_of(*row).operands), row->time);
  }
  return inputs;
}

}  // namespace noema::reasoning
