// What is known as rows for those who query the life.

#include <set>

#include "memory/checksum.h"
#include "reasoning/knowledge.h"

namespace noema::reasoning {

using concepts::facts::Fact;
using concepts::facts::Link;
using concepts::facts::Relation;
using concepts::facts::Thing;

/// The relations, and each link of a template in use that belongs to none. X stands for the subject, Y for the value.
std::vector<Knowledge::Way> Knowledge::ways() const {
  const auto& relations = facts_.relations();
  std::vector<Way> ways;
  for (Relation& kind : concepts::facts::kinds_of_fact(told(), relations, 0)) {
    std::string says = in_words(kind, "X", "Y");
    ways.push_back({std::move(says), std::move(kind), ways.size() < relations.size()});
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

/// Changes whenever the rows of things of which nothing new was told may read otherwise.
std::int64_t Knowledge::shape_of(const std::vector<Way>& ways) const {
  memory::Checksum shape;
  shape.integer(static_cast<std::int64_t>(told().version()));
  for (const Way& way : ways) {
    shape.text(way.says).integer(way.replaces);
    for (const Link& link : way.links)
      shape.integer(link.form)
          .integer(link.subject)
          .integer(link.value)
          .integer(link.where ? std::int64_t{*link.where} : -1)
          .integer(link.is);
  }
  return shape.value();
}

/// Makes the life's rows of facts and rules what they are now.
void Knowledge::put_rows(memory::Life& life) {
  const std::vector<Way> known = ways();
  const std::int64_t shape = shape_of(known);
  if (rows_shape_ != shape) {
    life.put_known(fact_rows(), rule_rows());
  } else {
    std::set<Thing> things;
    for (const std::uint32_t sentence : unwritten_)
      things.insert(told().sentences()[sentence].fillers.begin(), told().sentences()[sentence].fillers.end());
    std::vector<std::string> subjects;
    std::vector<memory::FactRow> rows;
    for (const Thing thing : things) {
      subjects.push_back(in_words(told().words_of(thing)));
      for (const Way& way : known) add_rows(way, thing, rows);
    }
    life.put_known(std::move(rows), rule_rows(), subjects);
  }
  rows_shape_ = shape;
  unwritten_.clear();
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
  for (const KnownRule& rule : rules_in_words()) rows.push_back({rule.says, rule.path, rule.holds, rule.fails});
  return rows;
}

}  // namespace noema::reasoning
