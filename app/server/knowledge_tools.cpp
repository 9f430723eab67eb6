#include "app/server/knowledge_tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "app/server/operation.h"
#include "base/error.h"
#include "base/text.h"
#include "memory/query.h"
#include "reasoning/withdrawn.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kGroup = "memory";
constexpr std::size_t kMostEntities = 200;  // of one answer
constexpr std::size_t kMostAtOnce = 1000;   // of one call

/// What an input of the group says, which is also its id: ["entity", name, type], ["observation", name, content] or
/// ["relation", from, to, type], and a number if the same was said and withdrawn before.
using Saying = std::vector<std::string>;

struct Said {
  memory::EpisodeId episode = 0;
  Saying saying;
};

class Sayings {
 public:
  explicit Sayings(LiveMind& mind) {
    const auto withdrawn = reasoning::withdrawn_inputs(mind.view().life());
    memory::QueryLimits limits;
    limits.rows = limits.bytes = std::numeric_limits<std::size_t>::max();
    const auto answer = memory::query(mind.path(),
                                      fmt::format("SELECT id, outer_id FROM episodes WHERE group_name = '{}' AND "
                                                  "outer_id IS NOT NULL ORDER BY id",
                                                  kGroup),
                                      limits);
    for (const auto& row : answer.rows) {
      const auto id = json::parse(std::get<std::string>(row[1]), nullptr, false);
      if (!id.is_array() || !std::all_of(id.begin(), id.end(), [](const json& part) { return part.is_string(); }))
        continue;
      Saying saying = id.get<Saying>();
      const std::size_t parts = !saying.empty() && saying[0] == "relation" ? 4 : 3;
      if (saying.size() < parts) continue;
      saying.resize(parts);
      ++times_[saying];
      const auto episode = std::get<std::int64_t>(row[0]);
      if (!withdrawn.contains(episode)) standing_.push_back({episode, saying});
    }
    for (const Said& one : standing_) stands_.insert(one.saying);
  }

  const std::vector<Said>& standing() const { return standing_; }
  bool has(const Saying& saying) const { return stands_.contains(saying); }
  bool has_entity(const std::string& name) const {
    return std::any_of(standing_.begin(), standing_.end(),
                       [&](const Said& one) { return one.saying[0] == "entity" && one.saying[1] == name; });
  }
  /// The input that says it; nothing if it is said already.
  std::optional<memory::Input> input_of(const Saying& saying, const std::string& text) {
    if (!stands_.insert(saying).second) return std::nullopt;
    Saying id = saying;
    if (const int before = times_[saying]++; before > 0) id.push_back(std::to_string(before));
    memory::Input input;
    input.id = json(id).dump();
    input.group = kGroup;
    input.source = "agent";
    input.text = text;
    std::replace_if(
        input.text.begin(), input.text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    return input;
  }

 private:
  std::vector<Said> standing_;
  std::set<Saying> stands_;
  std::map<Saying, int> times_;
};

std::string words(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

const json& list_of(const json& arguments, const char* key) {
  const json& list = arguments.at(key);
  if (!list.is_array()) throw BadArguments(fmt::format("{}: expected an array", key));
  if (list.size() > kMostAtOnce) throw BadArguments(fmt::format("{}: at most {} are taken at once", key, kMostAtOnce));
  return list;
}

void withdraw_all(LiveMind& mind, const std::vector<memory::EpisodeId>& episodes) {
  if (episodes.empty()) return;
  mind.alone([&](reasoning::Mind& own) {
    for (const memory::EpisodeId episode : episodes) own.withdraw(episode);
  });
}

/// Adds what one of the lists says; returns what was new.
class Teller {
 public:
  explicit Teller(LiveMind& mind) : mind_(&mind), sayings_(mind) {}

  bool say(const Saying& saying, const std::string& text) {
    auto input = sayings_.input_of(saying, text);
    if (!input) return false;
    inputs_.push_back(std::move(*input));
    return true;
  }
  bool observe(const std::string& name, const std::string& content) {
    return say({"observation", name, content}, name + ": " + content);
  }
  const Sayings& sayings() const { return sayings_; }
  void finish() { mind_->tell(inputs_); }

 private:
  LiveMind* mind_;
  Sayings sayings_;
  std::vector<memory::Input> inputs_;
};

// --- Adding -------------------------------------------------------------------------------------------------------

ordered_json create_entities(LiveMind& mind, const json& arguments) {
  Teller teller(mind);
  ordered_json created = ordered_json::array();
  std::set<std::string> names;
  for (const json& one : list_of(arguments, "entities")) {
    const std::string name = one.at("name"), type = one.at("entityType");
    if (teller.sayings().has_entity(name) || !names.insert(name).second) continue;
    teller.say({"entity", name, type}, name + ": " + type);
    for (const json& content : one.value("observations", json::array())) teller.observe(name, content);
    created.push_back(ordered_json(one));
  }
  teller.finish();
  return {{"entities", created}};
}

ordered_json create_relations(LiveMind& mind, const json& arguments) {
  Teller teller(mind);
  ordered_json created = ordered_json::array();
  for (const json& one : list_of(arguments, "relations")) {
    const std::string from = one.at("from"), to = one.at("to"), type = one.at("relationType");
    if (teller.say({"relation", from, to, type}, from + " " + words(type) + " " + to))
      created.push_back(ordered_json(one));
  }
  teller.finish();
  return {{"relations", created}};
}

ordered_json add_observations(LiveMind& mind, const json& arguments) {
  Teller teller(mind);
  ordered_json results = ordered_json::array();
  for (const json& one : list_of(arguments, "observations")) {
    const std::string name = one.at("entityName");
    if (!teller.sayings().has_entity(name))
      throw base::Error(fmt::format("there is no entity '{}'; create it first", name));
    ordered_json added = ordered_json::array();
    for (const json& content : one.at("contents"))
      if (teller.observe(name, content)) added.push_back(ordered_json(content));
    results.push_back({{"entityName", name}, {"addedObservations", added}});
  }
  teller.finish();
  return {{"results", results}};
}

// --- Deleting -----------------------------------------------------------------------------------------------------

template <typename Which>
ordered_json withdraw_where(LiveMind& mind, const Which& which) {
  std::vector<memory::EpisodeId> gone;
  const Sayings sayings(mind);
  for (const Said& one : sayings.standing())
    if (which(one.saying)) gone.push_back(one.episode);
  withdraw_all(mind, gone);
  return {{"success", true}, {"withdrawn", gone.size()}};
}

ordered_json delete_entities(LiveMind& mind, const json& arguments) {
  const auto list = list_of(arguments, "entityNames").get<std::vector<std::string>>();
  const std::set<std::string> names(list.begin(), list.end());
  return withdraw_where(mind, [&](const Saying& saying) {
    return names.contains(saying[1]) || (saying[0] == "relation" && names.contains(saying[2]));
  });
}

ordered_json delete_observations(LiveMind& mind, const json& arguments) {
  std::set<Saying> gone;
  for (const json& one : list_of(arguments, "deletions"))
    for (const json& content : one.at("observations"))
      gone.insert({"observation", one.at("entityName").get<std::string>(), content.get<std::string>()});
  return withdraw_where(mind, [&](const Saying& saying) { return gone.contains(saying); });
}

ordered_json delete_relations(LiveMind& mind, const json& arguments) {
  std::set<Saying> gone;
  for (const json& one : list_of(arguments, "relations"))
    gone.insert({"relation", one.at("from").get<std::string>(), one.at("to").get<std::string>(),
                 one.at("relationType").get<std::string>()});
  return withdraw_where(mind, [&](const Saying& saying) { return gone.contains(saying); });
}

// --- Reading ------------------------------------------------------------------------------------------------------

struct Entity {
  std::string name, type;
  std::vector<std::string> observations;
};

/// The entities that are wanted, and the relations between them; at most so many, and says how many there are.
template <typename Wanted>
ordered_json graph_of(LiveMind& mind, const Wanted& wanted) {
  const Sayings sayings(mind);
  std::vector<Entity> entities;
  std::map<std::string, std::size_t> number;
  for (const Said& one : sayings.standing())
    if (one.saying[0] == "entity" && number.emplace(one.saying[1], entities.size()).second)
      entities.push_back({one.saying[1], one.saying[2], {}});
  for (const Said& one : sayings.standing())
    if (const auto at = number.find(one.saying[1]); one.saying[0] == "observation" && at != number.end())
      entities[at->second].observations.push_back(one.saying[2]);
  ordered_json shown = ordered_json::array(), relations = ordered_json::array();
  std::set<std::string> names;
  std::size_t total = 0;
  for (const Entity& entity : entities) {
    if (!wanted(entity) || ++total > kMostEntities) continue;
    names.insert(entity.name);
    shown.push_back({{"name", entity.name}, {"entityType", entity.type}, {"observations", entity.observations}});
  }
  for (const Said& one : sayings.standing())
    if (one.saying[0] == "relation" && names.contains(one.saying[1]) && names.contains(one.saying[2]))
      relations.push_back({{"from", one.saying[1]}, {"to", one.saying[2]}, {"relationType", one.saying[3]}});
  ordered_json graph{{"entities", shown}, {"relations", relations}};
  if (total > kMostEntities)
    graph["cut"] = fmt::format("{} of {} entities; search_nodes and open_nodes find the others", kMostEntities, total);
  return graph;
}

ordered_json read_graph(LiveMind& mind, const json&) {
  return graph_of(mind, [](const Entity&) { return true; });
}

ordered_json search_nodes(LiveMind& mind, const json& arguments) {
  const std::string query = base::identity_of(arguments.at("query").get<std::string>());
  const auto holds = [&](const std::string& text) { return base::identity_of(text).find(query) != std::string::npos; };
  return graph_of(mind, [&](const Entity& entity) {
    return holds(entity.name) || holds(entity.type) ||
           std::any_of(entity.observations.begin(), entity.observations.end(), holds);
  });
}

ordered_json open_nodes(LiveMind& mind, const json& arguments) {
  const auto list = list_of(arguments, "names").get<std::vector<std::string>>();
  const std::set<std::string> names(list.begin(), list.end());
  return graph_of(mind, [&](const Entity& entity) { return names.contains(entity.name); });
}

// --- Schemas ------------------------------------------------------------------------------------------------------

ordered_json object(const ordered_json& properties) {
  ordered_json required = ordered_json::array();
  for (const auto& [name, schema] : properties.items()) required.push_back(name);
  return {{"type", "object"}, {"properties", properties}, {"required", required}};
}

ordered_json array(const ordered_json& items) { return {{"type", "array"}, {"items", items}}; }

}  // namespace

std::vector<Tool> knowledge_tools(LiveMind& mind) {
  const ordered_json text{{"type", "string"}};
  const ordered_json entity = object({{"name", text}, {"entityType", text}, {"observations", array(text)}});
  const ordered_json relation = object({{"from", text}, {"to", text}, {"relationType", text}});
  using Call = ordered_json (*)(LiveMind&, const json&);
  const auto tool = [&mind](const char* name, const char* help, const ordered_json& schema, Call call) {
    const bool reads_only = call == read_graph || call == search_nodes || call == open_nodes;
    return Tool{name, help, schema, reads_only,
                [&mind, call](const json& arguments, const Calling&) { return call(mind, arguments); }};
  };
  return {
      tool("create_entities", "Create entities with observations; those that are there stay as they are.",
           object({{"entities", array(entity)}}), create_entities),
      tool("create_relations", "Create relations between entities, in the active voice.",
           object({{"relations", array(relation)}}), create_relations),
      tool("add_observations", "Add observations to entities that are there.",
           object({{"observations", array(object({{"entityName", text}, {"contents", array(text)}}))}}),
           add_observations),
      tool("delete_entities", "Withdraw entities with their observations and relations.",
           object({{"entityNames", array(text)}}), delete_entities),
      tool("delete_observations", "Withdraw observations of entities.",
           object({{"deletions", array(object({{"entityName", text}, {"observations", array(text)}}))}}),
           delete_observations),
      tool("delete_relations", "Withdraw relations.", object({{"relations", array(relation)}}), delete_relations),
      tool("read_graph", "The entities and relations; of many, the first.", object(ordered_json::object()), read_graph),
      tool("search_nodes",
           "The entities whose name, type or observations hold the query, and the relations between them.",
           object({{"query", text}}), search_nodes),
      tool("open_nodes", "The entities of these names, and the relations between them.",
           object({{"names", array(text)}}), open_nodes),
  };
}

}  // namespace noema::app
