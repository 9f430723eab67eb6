#include "experiments/streams/told_pairs.h"

#include <set>
#include <utility>

#include "base/hash.h"

namespace noema::experiments {

void leave_out_told(ToldPairs& pairs, const std::vector<reasoning::ToldPair>& withheld) {
  std::set<std::string> sources, targets;
  for (const std::vector<reasoning::ToldPair>* part : {&std::as_const(pairs.told), &withheld})
    for (const auto& pair : *part) {
      sources.insert(pair.source);
      targets.insert(pair.target);
    }
  pairs.left_out += std::erase_if(pairs.train, [&](const reasoning::ToldPair& pair) {
    return sources.contains(pair.source) || targets.contains(pair.target);
  });
}

std::string hash_of(const ToldPairs& pairs) {
  base::Sha256 hash;
  for (const auto* part : {&pairs.train, &pairs.told}) {
    hash.integer(static_cast<std::int64_t>(part->size()));
    for (const auto& pair : *part) {
      hash.text(pair.source);
      hash.text(pair.target);
    }
  }
  return hash.hex();
}

}  // namespace noema::experiments
