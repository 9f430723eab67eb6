#include "reasoning/company.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "concepts/company/state.h"
#include "reasoning/past.h"
#include "reasoning/withdrawn.h"

namespace noema::reasoning {

using concepts::company::Company;
using concepts::company::Words;
using nlohmann::json;

CompanyStamp company_stamp(const memory::Life& life) {
  const auto state = life.state(kCompanyMade);
  if (!state) return {};
  const json stamp = json::parse(*state, nullptr, false);
  if (!stamp.is_object() || !stamp.contains("position") || !stamp.contains("units") ||
      !stamp["position"].is_number_integer() || !stamp["units"].is_number_unsigned())
    throw base::Error("the life's state \"company.made\" is not what was stored; run `noema check`");
  return {stamp["position"].get<memory::Position>(), stamp["units"].get<std::uint64_t>()};
}

void keep_company(memory::Life& life, const Company& company, const CompanyStamp& stamp) {
  life.set_state(kCompanyWords, save(company.words));
  life.set_state(kCompanyCells, save(company.associations));
  life.set_state(kCompanyMade, json{{"position", stamp.position}, {"units", stamp.units}}.dump());
}

std::optional<Words> stored_words(const memory::Life& life) {
  const auto state = life.state(kCompanyWords);
  if (!state) return std::nullopt;
  return concepts::company::load_words(*state);
}

std::optional<Company> stored_company(const memory::Life& life) {
  std::optional<Company> company;
  life.consistently([&] {
    auto words = stored_words(life);
    const auto cells = life.state(kCompanyCells);
    if (!words || !cells) return;
    auto associations = concepts::company::load_associations(*cells);
    if (associations.words() != words->size())
      throw base::Error("the layer of company has vectors and counts of different words; run `noema check`");
    company = Company{std::move(*words), std::move(associations)};
  });
  return company;
}

concepts::company::Episodes episodes_until(const memory::Life& life, memory::Position position) {
  return [&life, position, withdrawn = withdrawn_inputs(life)](const concepts::company::VisitUnits& visit) {
    memory::for_each_log_entry(life, 0, [&](const memory::LogEntry& entry) {
      if (entry.kind != memory::LogKind::kEpisode || entry.position > position) return;
      const memory::EpisodeRow& row = *entry.episode;
      if (!withdrawn.contains(row.begins_at != 0 ? row.begins_at : row.id)) visit(attachments_of(row));
    });
  };
}

}  // namespace noema::reasoning
