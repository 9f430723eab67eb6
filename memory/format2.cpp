#include "memory/format2.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "base/error.h"
#include "memory/life_impl.h"
#include "memory/row_codec.h"
#include "memory/varint.h"

namespace noema::memory {
namespace {

using Json = nlohmann::json;
using Ids = std::vector<std::int64_t>;

/// A thought as format 1 kept it.
struct OldThought {
  std::int64_t id = 0, position = 0;
  double time = 0;
  std::string kind, operands;
  std::int64_t result = 0;
  double gain_bits = 0, cost_seconds = 0;
  std::int64_t candidates = 0;
  std::string evidence, reason, details;
  std::int64_t after_episode = 0;

  /// Its checksum in format 1; in format 2 the named operands stand where the list stood, and the concepts follow.
  Checksum content() const {
    Checksum checksum;
    checksum.integer(id).integer(position).real(time).text(kind).text(operands).integer(result).real(gain_bits);
    checksum.real(cost_seconds).integer(candidates).text(evidence).text(reason).text(details).integer(after_episode);
    return checksum;
  }
};

std::optional<OldThought> old_thought(Database& database, std::int64_t id) {
  Statement row(database,
                "SELECT id, position, time, kind, operands, result_id, gain_bits, cost_seconds, candidates, evidence, "
                "reason, details, after_episode FROM thoughts WHERE id = ?");
  if (!row.bind_all(id).step()) return std::nullopt;
  OldThought thought;
  thought.id = row.integer(0);
  thought.position = row.integer(1);
  thought.time = row.real(2);
  thought.kind = row.text(3);
  thought.operands = row.text(4);
  thought.result = row.integer(5);
  thought.gain_bits = row.real(6);
  thought.cost_seconds = row.real(7);
  thought.candidates = row.integer(8);
  thought.evidence = row.text(9);
  thought.reason = row.text(10);
  thought.details = row.text(11);
  thought.after_episode = row.integer(12);
  return thought;
}

/// The named form of a thought.
struct Named {
  std::string kind;
  Json operands = Json::object();
  Json before = Json::object();
  std::vector<ThoughtConcept> concepts;

  void add(std::int64_t id, const char* role) {
    if (id != 0) concepts.push_back({id, role});
  }
};

Json concentrations_of(const Ids& coded) {
  static constexpr const char* kNames[] = {"row_discount",    "row_strength",      "rest_discount",
                                           "rest_strength",   "category_discount", "category_strength",
                                           "member_discount", "member_strength"};
  // Early lives have no categories; the other four keep the defaults of that time.
  if (coded.size() != std::size(kNames) && coded.size() != 4) throw base::Error("an estimate has not eight operands");
  Json fields{{"category_discount", 24}, {"category_strength", 0}, {"member_discount", 2}, {"member_strength", 6}};
  for (std::size_t i = 0; i < coded.size(); ++i) fields[kNames[i]] = coded[i] - 64;
  return fields;
}

void name_division(const Ids& operands, std::int64_t result, Named& named) {
  named.kind = "divide";
  auto parts = Json::array();
  for (std::size_t i = 2; i < operands.size();) {
    const auto count = static_cast<std::size_t>(operands[i++]);
    if (count > operands.size() - i) throw base::Error("a division is cut short");
    auto part = Json::array();
    for (std::size_t end = i + count; i < end; ++i) {
      part.push_back(operands[i]);
      named.add(operands[i], "about");
    }
    named.add(result + static_cast<std::int64_t>(parts.size()), "made");
    parts.push_back(std::move(part));
  }
  named.operands = {{"category", operands.at(0)}, {"parts", std::move(parts)}};
  named.add(operands.at(0), "about");
}

void name_abstract(const Ids& operands, const Ids& before, std::int64_t result, Named& named) {
  if (operands.size() > 3) return name_division(operands, result, named);
  named.kind = "join";
  if (operands.size() == 3) {
    named.operands["founders"] = {operands[1], operands[2]};
    named.add(operands[1], "about");
    named.add(operands[2], "about");
    named.add(result, "made");
    return;
  }
  named.operands = {{"member", operands.at(1)}, {"category", operands.at(0)}};
  named.before = {{"category", before.empty() ? 0 : before[0]}};
  named.add(operands.at(1), "about");
  named.add(operands.at(0), "about");
  named.add(before.empty() ? 0 : before[0], "needs");
}

void name_forget(const Ids& operands, const Ids& before, Json& details, Named& named) {
  if (operands.size() == 1) {
    named.kind = "dissolve";
    named.operands["node"] = operands[0];
    if (!before.empty()) named.before["members"] = before;
    named.add(operands[0], "about");
    for (const std::int64_t member : before) named.add(member, "about");
  } else if (operands.size() == 2) {
    named.kind = "leave";
    named.operands["member"] = operands[1];
    named.before = {{"category", before.empty() ? 0 : before[0]}};
    named.add(operands[1], "about");
    named.add(before.empty() ? 0 : before[0], "about");
  } else {
    named.kind = "let_go";
    named.operands = {{"first", details.value("first", 0)}, {"until", operands.at(2)}};
    auto faded = Json::array();
    for (const Json& one : details.value("faded", Json::array())) {
      faded.push_back({{"id", one.at(0)}, {"label", one.at(1)}, {"redirect", one.at(2)}, {"category", one.at(3)}});
      named.add(one.at(0).get<std::int64_t>(), "needs");
    }
    named.before = {{"faded", std::move(faded)}};
    details.erase("first");
    details.erase("faded");
  }
}

Named named_form(const OldThought& old, Json& details) {
  const Ids operands = decode_ids(old.operands);
  const Ids before = details.value("before", Ids{});
  Named named;
  named.kind = old.kind;
  if (old.kind == "estimate") {
    named.operands = concentrations_of(operands);
    if (!before.empty()) named.before = concentrations_of(before);
  } else if (old.kind == "compose" || old.kind == "relate") {
    named.operands = {{"first", operands.at(0)}, {"second", operands.at(1)}};
    named.add(old.result, "made");
    named.add(operands[0], "about");
    named.add(operands[1], "about");
  } else if (old.kind == "merge") {
    named.operands = {{"from", operands.at(0)}, {"into", operands.at(1)}};
    named.add(operands[0], "about");
    named.add(operands[1], "about");
  } else if (old.kind == "split") {
    const Ids neighbours(operands.begin() + 2, operands.end());
    named.operands = {
        {"unit", operands.at(0)}, {"side", operands.at(1) == 0 ? "before" : "after"}, {"neighbours", neighbours}};
    named.add(old.result, "made");
    named.add(operands[0], "about");
    for (const std::int64_t neighbour : neighbours) named.add(neighbour, "needs");
  } else if (old.kind == "abstract") {
    name_abstract(operands, before, old.result, named);
  } else if (old.kind == "forget") {
    name_forget(operands, before, details, named);
  } else if (old.kind == "associate") {
    auto pairs = Json::array();
    for (std::size_t i = 0; i + 1 < operands.size(); i += 2) {
      pairs.push_back({operands[i], operands[i + 1]});
      named.add(operands[i], "about");
      named.add(operands[i + 1], "about");
    }
    named.operands["pairs"] = std::move(pairs);
  }
  std::sort(named.concepts.begin(), named.concepts.end());
  named.concepts.erase(std::unique(named.concepts.begin(), named.concepts.end()), named.concepts.end());
  return named;
}

/// Rewrites a thought; returns the checksum of what stands there now.
Checksum rewrite(Database& database, OldThought thought) {
  Json details = Json::parse(thought.details);
  const Named named = named_form(thought, details);
  details.erase("before");
  if (!named.before.empty()) details["before"] = named.before;
  thought.kind = named.kind;
  thought.operands = named.operands.dump();
  thought.details = details.dump();
  database.use("UPDATE thoughts SET kind = ?, operands = ?, details = ? WHERE id = ?")
      ->bind_all(thought.kind, thought.operands, thought.details, thought.id)
      .run();
  Checksum content = thought.content();
  for (const ThoughtConcept& one : named.concepts) {
    database.use("INSERT INTO thought_concepts(thought, concept, role) VALUES(?, ?, ?)")
        ->bind_all(thought.id, one.id, one.role)
        .run();
    content.integer(one.id).text(one.role);
  }
  return content;
}

/// An episode's checksum as format 1 made it.
Checksum episode_content(Database& database, std::int64_t id) {
  Statement row(database,
                "SELECT id, position, time, source, line, group_name, speaker, outer_id, label, answer, kind, text, "
                "attachments FROM episodes WHERE id = ?");
  if (!row.bind_all(id).step()) throw base::Error("the episode is missing");
  Checksum checksum;
  checksum.integer(row.integer(0)).integer(row.integer(1)).real(row.real(2)).text(row.text(3)).integer(row.integer(4));
  checksum.text(row.text(5)).optional_text(row.optional_text(6)).optional_text(row.optional_text(7));
  checksum.optional_text(row.optional_text(8)).optional_text(row.optional_text(9)).text(row.text(10));
  return checksum.text(row.text(11)).text(encode_varints(decode_varints(row.blob(12))));
}

Checksum model_content(Database& database, std::int64_t id) {
  Statement row(database, "SELECT hash || content_hash FROM model WHERE id = ?");
  if (!row.bind_all(id).step()) throw base::Error("the model is missing");
  Checksum checksum;
  checksum.text(row.text(0));
  return checksum;
}

struct Link {
  std::int64_t position = 0;
  std::string kind;
  std::int64_t ref = 0;
  double time = 0;
  std::int64_t checksum = 0;
};

/// Proves an entry against the old chain, rewrites what it points to, and gives both ends on.
void convert(Database& database, const Link& link, std::int64_t& old_end, std::int64_t& new_end) {
  Checksum old_content, new_content;
  if (link.kind == "thought") {
    const auto thought = old_thought(database, link.ref);
    if (!thought) throw base::Error("the thought is missing");
    old_content = thought->content();
    if (chain_checksum(old_end, link.position, link.kind, link.ref, link.time, old_content) == link.checksum)
      new_content = rewrite(database, *thought);
  } else if (link.kind == "episode") {
    new_content = old_content = episode_content(database, link.ref);
  } else if (link.kind == "model") {
    new_content = old_content = model_content(database, link.ref);
  }
  if (chain_checksum(old_end, link.position, link.kind, link.ref, link.time, old_content) != link.checksum)
    throw base::Error("the row or what it points to is not what was stored");
  old_end = link.checksum;
  new_end = chain_checksum(new_end, link.position, link.kind, link.ref, link.time, new_content);
  database.use("UPDATE log SET checksum = ? WHERE position = ?")->bind_all(new_end, link.position).run();
}

}  // namespace

void name_operands(Database& database) {
  if (database.integer("SELECT count(*) FROM meta") == 0) return;  // a new life
  std::int64_t old_end = genesis_checksum(database), new_end = old_end;
  const std::int64_t last = database.integer("SELECT coalesce(max(position), 0) FROM log");
  for (std::int64_t position = 1; position <= last; ++position) {
    Link link;
    {
      auto row = database.use("SELECT position, kind, ref, time, checksum FROM log WHERE position = ?");
      if (!row->bind_all(position).step())
        throw base::Error(database.name() + ": log position " + std::to_string(position) +
                          " is missing; the file is damaged, restore a backup");
      link = {row->integer(0), std::string(row->text(1)), row->integer(2), row->real(3), row->integer(4)};
    }
    try {
      convert(database, link, old_end, new_end);
    } catch (const std::exception& error) {
      // What is damaged is not carried into the new format, where its checksums would be right.
      const auto* known = dynamic_cast<const base::Error*>(&error);
      throw base::Error(database.name() + ": log position " + std::to_string(position) + ": " +
                        (known ? known->what() : "the thought's operands cannot be read") +
                        "; the file is damaged and was left as it is, restore a backup");
    }
  }
  Totals totals = Totals::from_json(read_meta(database, "totals"));
  if (totals.checksum != old_end)
    throw base::Error(database.name() + ": the log's end is not what was stored; restore a backup");
  totals.checksum = new_end;
  write_meta(database, "totals", totals.to_json());
}

}  // namespace noema::memory
