#include "reasoning/company.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "base/error.h"
#include "concepts/company/state.h"
#include "concepts/company/topics_state.h"
#include "concepts/company/wholes_state.h"
#include "reasoning/past.h"
#include "reasoning/withdrawn.h"

namespace noema::reasoning {

using concepts::company::Company;
using concepts::company::Topics;
using concepts::company::Wholes;
using concepts::company::Words;
using nlohmann::json;

namespace {

json to_json(const CompanyStamp& stamp) { return {{"position", stamp.position}, {"units", stamp.units}}; }

/// visit(row): each episode up to this position of the log that was not withdrawn.
template <typename Visit>
void for_each_until(const memory::Life& life, memory::Position position,
                    const std::map<memory::EpisodeId, double>& withdrawn, const Visit& visit) {
  memory::for_each_log_entry(life, 0, [&](const memory::LogEntry& entry) {
    if (entry.kind != memory::LogKind::kEpisode || entry.position > position) return;
    const memory::EpisodeRow& row = *entry.episode;
    if (!withdrawn.contains(row.begins_at != 0 ? row.begins_at : row.id)) visit(row);
  });
}

}  // namespace

CompanyStamp company_stamp(const memory::Life& life, std::string_view key) {
  const auto state = life.state(key);
  if (!state) return {};
  const json stamp = json::parse(*state, nullptr, false);
  if (!stamp.is_object() || !stamp.contains("position") || !stamp.contains("units") ||
      !stamp["position"].is_number_integer() || !stamp["units"].is_number_unsigned())
    throw base::Error(fmt::format("the life's state \"{}\" is not what was stored; run `noema check`", key));
  return {stamp["position"].get<memory::Position>(), stamp["units"].get<std::uint64_t>()};
}

void keep_company(memory::Life& life, const Company& company, const CompanyStamp& stamp) {
  life.set_state(kCompanyWords, save(company.words));
  life.set_state(kCompanyCells, save(company.associations));
  life.set_state(kCompanyMade, to_json(stamp).dump());
}

void keep_topics(memory::Life& life, const Topics& topics, const CompanyStamp& stamp) {
  life.set_state(kTopics, save(topics));
  life.set_state(kTopicsMade, to_json(stamp).dump());
}

std::optional<Topics> stored_topics(const memory::Life& life) {
  const auto state = life.state(kTopics);
  if (!state) return std::nullopt;
  return concepts::company::load_topics(*state);
}

void keep_wholes(memory::Life& life, const Wholes& wholes, const CompanyStamp& stamp) {
  life.set_state(kWholes, save(wholes));
  life.set_state(kWholesMade, to_json(stamp).dump());
}

std::optional<Wholes> stored_wholes(const memory::Life& life) {
  const auto state = life.state(kWholes);
  if (!state) return std::nullopt;
  return concepts::company::load_wholes(*state);
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
    for_each_until(life, position, withdrawn, [&](const memory::EpisodeRow& row) { visit(attachments_of(row)); });
  };
}

void name_examples(Topics& topics, const memory::Life& life, memory::Position position) {
  std::unordered_map<std::uint64_t, std::uint64_t*> wanted;
  for (concepts::company::Topic topic = 0; topic < topics.size(); ++topic)
    for (std::uint64_t& example : topics[topic].examples) wanted.emplace(example, &example);
  std::uint64_t number = 0;
  for_each_until(life, position, withdrawn_inputs(life), [&](const memory::EpisodeRow& row) {
    if (const auto found = wanted.find(number++); found != wanted.end())
      *found->second = static_cast<std::uint64_t>(row.id);
  });
}

}  // namespace noema::reasoning
