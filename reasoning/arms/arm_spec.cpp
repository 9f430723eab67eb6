#include "reasoning/arms/arm_spec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/error.h"
#include "reasoning/arms/registry.h"
#include "reasoning/experts/registry.h"
#include "reasoning/thoughts/registry.h"

namespace noema::reasoning {
namespace {

/// An expert as it is written in an arm.
std::string written(std::string_view expert) {
  std::string name(expert);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

/// The experts that may be left out: all but the transformer, which spells what the others do not know.
std::vector<std::string> experts() {
  std::vector<std::string> names = voice_names();
  names.erase(names.begin());
  return names;
}

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
  std::vector<std::string> arms, left_out;
  for (const ArmKind& kind : arm_kinds()) arms.push_back(kind.name);
  for (const auto& expert : experts()) left_out.push_back(written(expert));
  for (const ThoughtKind* kind : thought_kinds()) left_out.emplace_back(kind->name());
  throw base::UsageError(
      fmt::format("arm '{}': {}; there are {} (see noema arms); X in without=X or -X is an expert or, for noema, a "
                  "kind of thought: {}",
                  text, why, fmt::join(arms, ", "), fmt::join(left_out, ", ")));
}

/// Writes one option after another into the spec.
class SpecReader {
 public:
  SpecReader(std::string_view text, ArmSpec& spec) : text_(text), spec_(spec) {}

  void read() {
    std::size_t at = std::min(text_.find_first_of("{+-"), text_.size());
    const std::string_view name = text_.substr(0, at);
    spec_.kind = find_arm(name);
    if (spec_.kind == nullptr) refuse(text_, fmt::format("'{}' is not known", name));
    spec_.settings = base::Settings(spec_.kind->options);
    if (at < text_.size() && text_[at] == '{') at = read_options(at + 1);
    while (at < text_.size()) at = read_short(at);
  }

 private:
  const base::Key* key(std::string_view name) const {
    for (const base::Key& one : spec_.kind->options)
      if (one.name == name) return &one;
    return nullptr;
  }

  /// From behind the brace; returns the place behind the closing one.
  std::size_t read_options(std::size_t at) {
    const std::size_t end = text_.find('}', at);
    if (end == std::string_view::npos) refuse(text_, "the closing brace is missing");
    while (at < end) {
      const std::size_t stop = std::min(text_.find(';', at), end);
      const std::string_view option = text_.substr(at, stop - at);
      const std::size_t equals = option.find('=');
      if (equals == std::string_view::npos) refuse(text_, fmt::format("'{}' has no '='", option));
      set(option.substr(0, equals), option.substr(equals + 1));
      at = stop + 1;
    }
    return end + 1;
  }

  /// +dynamic, +anew, -X.
  std::size_t read_short(std::size_t at) {
    const char mark = text_[at];
    const std::size_t end = std::min(text_.find_first_of("+-", at + 1), text_.size());
    const std::string_view what = text_.substr(at + 1, end - at - 1);
    if (mark == '-') {
      if (!spec_.is_core()) refuse(text_, fmt::format("{} has no parts to leave out", spec_.base()));
      leave_out(what);
    } else if (mark == '+' && key(what) != nullptr && std::holds_alternative<bool>(key(what)->fallback)) {
      set(what, "true");
    } else {
      refuse(text_, fmt::format("'{}' is nothing to add to {}", text_.substr(at, end - at), spec_.base()));
    }
    return end;
  }

  void set(std::string_view name, std::string_view value) {
    const base::Key* found = key(name);
    if (found == nullptr) {
      std::vector<std::string> names;
      for (const base::Key& one : spec_.kind->options) names.push_back(one.name);
      refuse(text_, names.empty() ? fmt::format("{} has no options", spec_.base())
                                  : fmt::format("'{}' is no option of {}, which has {}", name, spec_.base(),
                                                fmt::join(names, ", ")));
    }
    base::Value parsed;
    try {
      parsed = base::parse_value(*found, value);
    } catch (const base::UsageError& error) {
      refuse(text_, error.what());
    }
    spec_.settings.set(found->name, parsed);
    if (name == "dynamic") spec_.dynamic = std::get<bool>(parsed);
    if (name == "anew") spec_.anew = std::get<bool>(parsed) || spec_.anew;
    if (name == "without")
      for (const std::string& what : std::get<std::vector<std::string>>(parsed)) leave_out(what);
  }

  void leave_out(std::string_view what) {
    const auto all_experts = experts();
    const auto expert =
        std::find_if(all_experts.begin(), all_experts.end(), [&](const auto& one) { return written(one) == what; });
    const ThoughtKind* kind = find_kind(what);
    if (expert != all_experts.end()) {
      spec_.left_out_experts.emplace(*expert);
    } else if (kind != nullptr && spec_.thinks()) {
      spec_.kinds = spec_.kinds.without(kind->name());
      spec_.anew = spec_.anew || kind->changes_graph();
    } else {
      refuse(text_, fmt::format("'{}' is nothing that can be left out of {}", what, spec_.base()));
    }
  }

  std::string_view text_;
  ArmSpec& spec_;
};

}  // namespace

ArmSpec ArmSpec::parse(std::string_view text) {
  ArmSpec spec;
  spec.name = text;
  SpecReader(spec.name, spec).read();
  return spec;
}

Tuning ArmSpec::tuning() const {
  if (dynamic) return Tuning::kDynamic;
  if (kind->needs_tuning == Tuning::kCache && settings.number("theta") > 0) return Tuning::kNone;
  if (kind->needs_tuning == Tuning::kDynamic && settings.number("rate") > 0) return Tuning::kNone;
  return kind->needs_tuning;
}

nlohmann::json to_json(const transformer::OnlineOptions& options) {
  return {{"rate", options.rate}, {"decay", options.decay}, {"segment", options.segment}};
}

transformer::OnlineOptions online_options_of(const ArmSpec& spec, ArmHost& host) {
  if (spec.kind->needs_tuning != Tuning::kDynamic || spec.tuning() != Tuning::kNone) return host.online_options();
  transformer::OnlineOptions options;
  options.rate = spec.settings.number("rate");
  options.decay = spec.settings.number("decay");
  options.segment = static_cast<int>(spec.settings.count("segment"));
  return options;
}

}  // namespace noema::reasoning
