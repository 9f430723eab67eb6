#include "reasoning/classes.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "memory/images/png.h"
#include "reasoning/journal.h"
#include "reasoning/taught.h"
#include "reasoning/thoughts/withdraw.h"

namespace noema::reasoning {
namespace {

using concepts::names::Looks;
using concepts::names::Naming;
using nlohmann::json;

constexpr std::string_view kState = "classes";
constexpr int kFormat = 1;  ///< what another format kept is found again from the inputs

Looks looks_of_image(const memory::Image& image) {
  return concepts::names::looks_of_values(memory::shades_of(image.pixels), image.width);
}

bool names_something(const memory::EpisodeRow& row) { return row.label && row.part == 0 && !is_question(row); }

}  // namespace

Looks Classes::looks_of(const std::string& text, base::IdentityRule rule) const {
  return concepts::names::looks_of_text(base::identities_in(segmenter_, text, rule));
}

Looks Classes::looks_of(const memory::Life& life, const memory::EpisodeRow& row) const {
  if (!row.image) return looks_of(row.text, life.episodes().rule_at(row.position));
  const std::string name = life.path().string() + ": the image of episode " + std::to_string(row.id);
  return looks_of_image(memory::image_of_png(*row.image, name));
}

concepts::names::Named Classes::classify(const memory::Image& image) const {
  return naming_.name(looks_of_image(image));
}

concepts::names::Named Classes::classify(const std::string& text) const {
  return naming_.name(looks_of(text, base::kPresentRule));
}

void Classes::take(const memory::Life& life, const memory::LogEntry& entry) {
  position_ = entry.position;
  if (entry.episode != nullptr && names_something(*entry.episode))
    naming_.learn(*entry.episode->label, looks_of(life, *entry.episode));
  if (entry.thought == nullptr || entry.thought->kind != thoughts::withdraw().name()) return;
  const auto row = life.episodes().find(thoughts::withdrawn_in(thought_of(*entry.thought).operands));
  if (!row || !names_something(*row)) return;
  const Looks looks = looks_of(life, *row);
  if (entry.kind == memory::LogKind::kThought)
    naming_.forget(*row->label, looks);
  else
    naming_.learn(*row->label, looks);
}

void Classes::catch_up(const memory::Life& life) {
  if (position_ == life.last_position()) return;
  memory::for_each_log_entry(life, position_, [&](const memory::LogEntry& entry) { take(life, entry); });
}

Classes Classes::anew(const memory::Life& life) {
  Classes classes;
  classes.catch_up(life);
  return classes;
}

Classes Classes::of(const memory::Life& life) {
  Classes classes;
  if (const auto stored = life.state(kState)) try {
      const json state = json::from_cbor(*stored);
      if (state.at("format") == kFormat) {
        classes.naming_ = Naming::load(state.at("naming"));
        classes.position_ = state.at("position");
      }
    } catch (const json::exception& error) {
      throw base::Error(life.path().string() + ": the classes that it keeps cannot be read: " + error.what() +
                        "; run `noema check`");
    }
  classes.catch_up(life);
  return classes;
}

void Classes::keep(memory::Life& life) const {
  const std::vector<std::uint8_t> bytes =
      json::to_cbor({{"format", kFormat}, {"position", position_}, {"naming", naming_.save()}});
  life.set_state(kState, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool Classes::operator==(const Classes& other) const { return naming_.save() == other.naming_.save(); }

}  // namespace noema::reasoning
