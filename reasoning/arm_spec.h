#pragma once
// The name of an arm says what it is and what it goes without: noema, memory+dynamic, noema-matches, noema-merge ...

#include <set>
#include <string>
#include <string_view>

#include "reasoning/thought.h"

namespace noema::reasoning {

/// NAME ::= BASE { "+dynamic" | "+anew" | "-" LEFT_OUT }.
///   BASE      static, cache, dynamic; or a core: memory, lesion, noema
///   +dynamic  a core has a transformer that goes on learning as one more expert
///   +anew     noema's graph is thought anew from its inputs, with every kind of thought: what -KIND is compared with
///   LEFT_OUT  an expert of a core (Predictor::expert_name, '_' for ' '), or a kind of thought of noema
struct ArmSpec {
  std::string name;  ///< as it was written
  std::string base;
  bool dynamic = false;
  bool anew = false;  ///< thought anew: asked for, or a kind of thought that changes the graph is left out
  std::set<std::string> left_out_experts;  ///< for PredictorOptions::without
  KindSet kinds;                           ///< kinds of thought that are used

  /// Throws base::UsageError for a name that is none, saying which there are.
  static ArmSpec parse(std::string_view name);

  /// Is it a mind, whole or with parts left out, and does it think?
  bool is_core() const { return base == "memory" || base == "lesion" || thinks(); }
  bool thinks() const { return base == "noema"; }
};

}  // namespace noema::reasoning
