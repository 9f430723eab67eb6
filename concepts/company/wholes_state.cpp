#include "concepts/company/wholes_state.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace noema::concepts::company {
namespace {

using nlohmann::json;

[[noreturn]] void wholes_are_damaged() {
  throw base::Error("the wholes are damaged: their bytes are not what was stored; run `noema check`");
}

std::string unless(const std::string& text, const std::string& usual) { return text == usual ? "" : text; }

WholeUnit unit_in(const json& row) {
  WholeUnit unit;
  auto& [identity, label, inside] = unit.names;
  row.at(0).get_to(identity);
  row.at(1).get_to(label);
  row.at(2).get_to(inside);
  row.at(3).get_to(unit.occurrences);
  if (label.empty()) label = identity;
  if (inside.empty()) inside = label;
  return unit;
}

Whole whole_in(const json& row) {
  Whole whole{row.at(0).get<Part>(), row.at(1).get<Part>(), row.at(2).get<std::uint64_t>(), row.at(3).get<double>()};
  if (!std::isfinite(whole.saving)) wholes_are_damaged();
  return whole;
}

}  // namespace

std::string save(const Wholes& wholes) {
  json units = json::array(), rows = json::array();
  for (const auto& [names, occurrences] : wholes.units())
    units.push_back(
        {names.identity, unless(names.label, names.identity), unless(names.inside, names.label), occurrences});
  for (const Whole& whole : wholes.wholes()) rows.push_back({whole.left, whole.right, whole.occurrences, whole.saving});
  std::string bytes;
  json::to_cbor(json{{"units", units}, {"wholes", rows}}, bytes);
  return bytes;
}

Wholes load_wholes(std::string_view bytes) {
  try {
    const json state = json::from_cbor(bytes);
    std::vector<WholeUnit> units;
    for (const json& row : state.at("units")) units.push_back(unit_in(row));
    std::vector<Whole> wholes;
    for (const json& row : state.at("wholes")) wholes.push_back(whole_in(row));
    return Wholes(std::move(units), std::move(wholes));
  } catch (const json::exception&) {
    wholes_are_damaged();
  }
}

}  // namespace noema::concepts::company
