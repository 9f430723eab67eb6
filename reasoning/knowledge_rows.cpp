// What is known as rows for those who query the life.

#include <algorithm>
#include <set>

#include "reasoning/knowledge.h"

namespace noema::reasoning {
namespace {

using concepts::facts::Fact;
using concepts::facts::Link;
using concepts::facts::Relation;
using concepts::facts::TemplateId;
using concepts::facts::Thing;

bool reads(const Relation& relation, const Link& link) {
  return std::any_of(relation.begin(), relation.end(), [&](const Link& one) {
    return one.form == link.form && one.subject == link.subject && one.value == link.value;
  });
}

}  // namespace

/// The relations, and each link of a template in use that belongs to none. X stands for the subject, Y for the value.
std::vector<Knowledge::Way> Knowledge::ways() const {
  const auto& relations = facts_.relations();
  std::vector<Way> ways;
  for (const Relation& relation : relations) ways.push_back({in_words(relation, "X", "Y"), relation, true});
  for (const TemplateId form : told().used()) {
    const auto slots = static_cast<std::uint32_t>(told().form(form).slots.size());
    for (std::uint32_t subject = 0; subject < slots; ++subject)
      for (std::uint32_t value = 0; value < slots; ++value) {
        const Link link{form, subject, value};
        const auto has_it = [&](const Relation& relation) { return reads(relation, link); };
        if (subject == value || std::any_of(relations.begin(), relations.end(), has_it)) continue;
        ways.push_back({in_words(Relation{link}, "X", "Y"), {link}});
      }
  }
  return ways;
}

std::vector<memory::FactRow> Knowledge::fact_rows() const {
  std::vector<memory::FactRow> rows;
  for (const Way& way : ways()) {
    std::set<Thing> subjects;
    for (const Link& link : way.links)
      for (const std::uint32_t number : told().form(link.form).members)
        subjects.insert(told().sentences()[number].fillers[link.subject]);
    for (const Thing subject : subjects) add_rows(way, subject, rows);
  }
  return rows;
}

/// What one way says of a thing, oldest first: a value told again counts once, another one takes its place.
void Knowledge::add_rows(const Way& way, Thing subject, std::vector<memory::FactRow>& rows) const {
  const std::size_t first = rows.size();
  Thing last = 0;
  for (const Fact& fact : concepts::facts::facts_of(told(), way.links, subject)) {
    const memory::EpisodeId source = told().sentences()[fact.sentence].source;
    if (rows.size() > first && fact.value == last) {
      if (rows.back().told.back() != source) rows.back().told.push_back(source);
      continue;
    }
    if (rows.size() > first && way.replaces) rows.back().until = source;
    rows.push_back(
        {in_words(told().words_of(subject)), way.says, in_words(told().words_of(fact.value)), source, 0, {source}});
    last = fact.value;
  }
}

std::vector<memory::RuleRow> Knowledge::rule_rows() const {
  std::vector<memory::RuleRow> rows;
  for (const auto& rule : facts_.rules()) {
    const KnownRule known = in_words(rule);
    rows.push_back({known.says, known.path, known.holds, known.fails});
  }
  return rows;
}

}  // namespace noema::reasoning
