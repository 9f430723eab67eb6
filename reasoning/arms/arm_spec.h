#pragma once
// An arm as it is written: noema, memory{dynamic=true}, noema{without=merge,matches}. In short: memory+dynamic,
// noema-merge-matches.

#include <set>
#include <string>
#include <string_view>

#include "base/settings.h"
#include "reasoning/arms/arm.h"
#include "reasoning/thought.h"

namespace noema::reasoning {

/// ARM ::= NAME [ "{" OPTION "=" VALUE { ";" OPTION "=" VALUE } "}" ] { "+dynamic" | "+anew" | "-" LEFT_OUT }.
///   NAME      of the registry (arm_kinds())
///   OPTION    of the arm; a core has
///     dynamic=true  a transformer that goes on learning as one more expert, in short +dynamic
///     without=X,Y   experts (voice_names(), '_' for ' ') or, for noema, kinds of thought that are left out, in short
///     -X-Y anew=true     noema's graph is thought anew from its inputs, with every kind of thought: what leaving one
///     out is
///
///                   compared with, in short +anew
struct ArmSpec {
  std::string name;  ///< as it was written
  const ArmKind* kind = nullptr;
  base::Settings settings;
  bool dynamic = false;
  bool anew = false;                       ///< thought anew: asked for, or a kind that changes the graph is left out
  std::set<std::string> left_out_experts;  ///< for PredictorOptions::without
  KindSet kinds;                           ///< kinds of thought that are used

  /// Throws base::UsageError for a text that is no arm, saying which there are.
  static ArmSpec parse(std::string_view text);

  const std::string& base() const { return kind->name; }
  /// Is it a mind, whole or with parts left out, and does it think?
  bool is_core() const { return kind->core.has_value(); }
  bool thinks() const { return is_core() && kind->core->thinks; }
  bool has_graph() const { return is_core() && kind->core->graph; }
  /// Settings that must be tuned, as none are given.
  Tuning tuning() const;
};

/// The arm's settings of dynamic evaluation, or those of the host.
transformer::OnlineOptions online_options_of(const ArmSpec& spec, ArmHost& host);
/// Their rate, decay and segment, as Learner::settings() gives them.
nlohmann::json to_json(const transformer::OnlineOptions& options);

}  // namespace noema::reasoning
