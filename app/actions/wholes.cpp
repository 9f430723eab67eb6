#include "app/actions/wholes.h"

#include <fmt/format.h>

#include <map>

#include "app/actions/company.h"
#include "app/actions/surroundings.h"
#include "base/error.h"
#include "base/text.h"
#include "reasoning/mentions.h"

namespace noema::app {

using concepts::company::Part;
using concepts::company::Wholes;
using nlohmann::ordered_json;

namespace {

ordered_json parts_of(const Wholes& wholes, Part part) {
  if (!wholes.is_whole(part)) return wholes.label(part);
  return ordered_json::array({parts_of(wholes, wholes.whole(part).left), parts_of(wholes, wholes.whole(part).right)});
}

/// As most of a few inputs write it; by its units where none can be read any more. Units are told apart without regard
/// to capitals, so "new" is mostly written small, and "New York" is not.
std::string written(const memory::Life& life, reasoning::MentionFinder& finder, const Wholes& wholes, Part part) {
  constexpr std::size_t kInputs = 64;
  std::vector<std::string> identities;
  for (const Part unit : wholes.spelled(part)) identities.push_back(wholes.units()[unit].names.identity);
  std::map<std::string, std::size_t> writings;
  for (const reasoning::Mention& mention : finder.in_life(life, identities, kInputs))
    ++writings[mention.text.substr(mention.begin, mention.end - mention.begin)];
  return mostly_written(writings, wholes.label(part));
}

}  // namespace

Wholes wholes_of(const memory::Life& life) {
  auto wholes = reasoning::stored_wholes(life);
  if (!wholes) refuse_until_thought(life, "which runs of words have a name of their own");
  return std::move(*wholes);
}

std::vector<WholeValue> wholes_in(const memory::Life& life, const Wholes& wholes, WholeOrder order, bool all,
                                  std::size_t most) {
  std::vector<concepts::company::ScoredWord> scored;
  for (std::size_t i = 0; i < wholes.wholes().size(); ++i) {
    const auto part = static_cast<Part>(wholes.units().size() + i);
    const auto& whole = wholes.whole(part);
    if (whole.occurrences == 0 || (!all && !wholes.is_named(part))) continue;
    const double beyond = whole.saving - wholes.bits_a_unit();  // "is a" saves little, though often
    scored.push_back({part, order == WholeOrder::kTotal ? beyond * static_cast<double>(whole.occurrences) : beyond});
  }
  const concepts::company::Words none;
  reasoning::MentionFinder finder(none);
  std::vector<WholeValue> values;
  for (const auto& [part, score] : best_of(std::move(scored), most)) {
    const auto& whole = wholes.whole(part);
    values.push_back({written(life, finder, wholes, part), whole.occurrences, whole.saving, parts_of(wholes, part)});
  }
  return values;
}

std::vector<TextWholes> wholes_of_texts(const Wholes& wholes, const std::vector<std::string>& texts) {
  base::Segmenter segmenter;
  std::vector<TextWholes> values;
  for (const std::string& text : texts) {
    TextWholes& value = values.emplace_back(TextWholes{values.size() + 1, {}, {}, base::count_characters(text)});
    if (const auto bad = base::first_invalid_utf8(text))
      throw base::Error(fmt::format("line {} is not UTF-8 at byte {}", value.line, *bad));
    std::vector<base::Unit> places;
    std::vector<std::string> identities;
    std::vector<Part> units;
    for (const base::Unit& unit : segmenter.split(text)) {
      if (unit.line_end) continue;
      places.push_back(unit);
      identities.push_back(base::identity_of(base::surface_of(text, unit)));
      units.push_back(wholes.find(identities.back()));
    }
    value.bits = wholes.bits_of(identities);
    std::size_t unit = 0;
    for (const Part part : wholes.shortest_named(units)) {
      const std::size_t begin = places[unit].text_begin;
      unit += wholes.length(part);
      value.parts.push_back(text.substr(begin, places[unit - 1].end - begin));
    }
  }
  return values;
}

ordered_json to_json(const WholeValue& value) {
  return {{"whole", value.label}, {"count", value.count}, {"bits", value.bits}, {"parts", value.parts}};
}

ordered_json to_json(const TextWholes& value) {
  return {{"line", value.line},
          {"parts", value.parts},
          {"bits", value.bits.by_wholes},
          {"unit_bits", value.bits.by_units},
          {"characters", value.characters}};
}

}  // namespace noema::app
