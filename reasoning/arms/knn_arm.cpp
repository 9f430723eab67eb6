#include "reasoning/arms/knn_arm.h"

#include "reasoning/arms/pair_arm.h"

namespace noema::reasoning {

ArmKind knn_arm() {
  ArmKind kind = pair_kind("knn", "the translator and the nearest of the told moments, mixed by a gate that learns");
  kind.make = [](const ArmSpec& spec, ArmHost& host) {
    PairMixtureOptions parts;
    parts.experts = {"neighbours"};
    return pair_arm(spec, host, parts);
  };
  return kind;
}

}  // namespace noema::reasoning
