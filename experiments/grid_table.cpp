#include "experiments/grid_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/error.h"
#include "experiments/table_reader.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::vector<std::string> parts_of(const std::string& key) {
  std::vector<std::string> parts;
  std::istringstream in(key);
  for (std::string part; std::getline(in, part, '.');) parts.push_back(part);
  return parts;
}

json value_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* whole = node.as_integer()) return whole->get();
  if (const auto* number = node.as_floating_point()) return number->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  json list = json::array();
  if (const auto* array = node.as_array())
    for (const toml::node& item : *array) list.push_back(value_of(item));
  return list;
}

/// A key of [grid], from the top, and what stands there.
template <typename Node>
struct Leaf {
  std::string key;
  Node* node;
};

/// Tables inside [grid] are parts of keys.
template <typename Table, typename Node>
void collect(Table& table, const std::string& before, std::vector<Leaf<Node>>& leaves) {
  for (auto&& [name, node] : table) {
    const std::string key = before + std::string(name.str());
    if (auto* inner = node.as_table())
      collect(*inner, key + ".", leaves);
    else
      leaves.push_back({key, &node});
  }
}

Varied varied_of(const Leaf<const toml::node>& leaf, const fs::path& file) {
  Varied varied{leaf.key, json::array(), leaf.node->source().begin.line};
  const auto refuse = [&](const std::string& why) {
    fail(file, varied.line, fmt::format("'grid.{}' {}", leaf.key, why));
  };
  const toml::array* list = leaf.node->as_array();
  if (list == nullptr || list->empty())
    refuse("has no list; expected the values that it takes in turn, such as [0, 2, 8]");
  for (const toml::node& item : *list) {
    if (item.is_table()) refuse("holds a table; expected values, or lists of them");
    varied.values.push_back(value_of(item));
    if (std::count(varied.values.begin(), varied.values.end(), varied.values.back()) > 1)
      refuse(fmt::format("names {} twice; expected each value another", varied.values.back().dump()));
  }
  return varied;
}

/// The table that holds a key of the file, made if the file has none, and the key in it.
std::pair<toml::table*, std::string> place_of(toml::table& root, const Varied& varied,
                                              const toml::source_region& source, const fs::path& file) {
  const auto parts = parts_of(varied.key);
  if (parts.size() == 1) return {&root, parts[0]};
  if (parts.size() != 2)
    fail(file, varied.line,
         fmt::format("'grid.{}' is no key of the file; expected such as seed, protocol.think or arms.noema.without",
                     varied.key));
  if (!root.contains(parts[0])) root.insert(toml::key(parts[0], source), toml::table{});
  toml::table* table = root[parts[0]].as_table();
  if (table == nullptr)
    fail(file, varied.line, fmt::format("'grid.{}' is no key of the file; '{}' is no table", varied.key, parts[0]));
  return {table, parts[1]};
}

/// Does the key stand for an option of the arms with a name?
bool is_option(const std::vector<std::string>& parts) { return parts.size() == 3 && parts[0] == "arms"; }

/// An arm as it is written, with one more option.
std::string with_option(const std::string& arm, const std::string& option) {
  const std::size_t name_end = std::min(arm.find_first_of("{+-"), arm.size());
  const std::size_t brace = arm.find('}');
  if (name_end < arm.size() && arm[name_end] == '{' && brace != std::string::npos)
    return arm.substr(0, brace) + (brace == name_end + 1 ? "" : ";") + option + arm.substr(brace);
  return arm.substr(0, name_end) + "{" + option + "}" + arm.substr(name_end);
}

void set_option(toml::table& root, const Varied& varied, const json& value, const fs::path& file) {
  const auto parts = parts_of(varied.key);
  bool found = false;
  if (toml::array* arms = root["arms"].as_array())
    for (toml::node& node : *arms) {
      auto* arm = node.as_string();
      if (arm == nullptr || arm->get().substr(0, arm->get().find_first_of("{+-")) != parts[1]) continue;
      found = true;
      if (arm->get().find("{" + parts[2] + "=") != std::string::npos ||
          arm->get().find(";" + parts[2] + "=") != std::string::npos)
        fail(file, varied.line,
             fmt::format("'grid.{}' varies what arm '{}' sets; keep one of them", varied.key, arm->get()));
      *arm = with_option(arm->get(), parts[2] + "=" + (value.is_string() ? value.get<std::string>() : value.dump()));
    }
  if (!found)
    fail(file, varied.line,
         fmt::format("'grid.{}' is an option of arm '{}', which 'arms' does not name", varied.key, parts[1]));
}

bool is_plain(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
           c == '_' || c == '+';
  });
}

}  // namespace

std::vector<Varied> read_grid(const toml::table& root, const fs::path& file) {
  TableReader reader(root, "", file);
  const toml::table* table = reader.table("grid");
  if (table == nullptr) return {};
  std::vector<Leaf<const toml::node>> leaves;
  collect(*table, "", leaves);
  if (leaves.empty())
    fail(file, table->source().begin.line, "[grid] varies nothing; expected keys with lists, such as seed = [1, 2, 3]");
  const auto place = [](const auto& leaf) {
    const toml::source_position at = leaf.node->source().begin;
    return std::pair(at.line, at.column);
  };
  std::sort(leaves.begin(), leaves.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  std::vector<Varied> grid;
  std::size_t runs = 1;
  for (const auto& leaf : leaves) {
    Varied varied = varied_of(leaf, file);
    const bool again = std::any_of(grid.begin(), grid.end(), [&](const Varied& one) { return one.key == varied.key; });
    if (again || root.at_path(varied.key))
      fail(file, varied.line, fmt::format("'{}' is in [grid] and set elsewhere too; keep one of them", varied.key));
    runs *= varied.values.size();
    if (runs > kMostRuns)
      fail(file, varied.line, fmt::format("[grid] has more than {} combinations; vary less at once", kMostRuns));
    grid.push_back(std::move(varied));
  }
  return grid;
}

/// Nodes are moved, not copied: a copy would have lost its line.
void choose(toml::table& root, const std::vector<Varied>& grid, const std::vector<std::size_t>& chosen,
            const fs::path& file) {
  base::check(grid.size() == chosen.size(), "choose: one index a key");
  toml::table* in_file = root["grid"].as_table();
  if (in_file == nullptr) return;
  toml::table values = std::move(*in_file);
  root.erase("grid");
  std::vector<Leaf<toml::node>> leaves;
  collect(values, "", leaves);
  for (std::size_t i = 0; i < grid.size(); ++i) {
    if (is_option(parts_of(grid[i].key))) {
      set_option(root, grid[i], grid[i].values[chosen[i]], file);
      continue;
    }
    const auto leaf =
        std::find_if(leaves.begin(), leaves.end(), [&](const auto& one) { return one.key == grid[i].key; });
    const toml::source_region source = leaf->node->source();
    const auto [table, key] = place_of(root, grid[i], source, file);
    leaf->node->as_array()->get(chosen[i])->visit(
        [&, in = table, name = toml::key(key, source)](auto& value) { in->insert_or_assign(name, std::move(value)); });
  }
}

std::string setting_name(const std::vector<Varied>& grid, const std::vector<std::size_t>& chosen) {
  std::string name;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const json& value = grid[i].values[chosen[i]];
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    name += fmt::format("{}{}={}", i == 0 ? "" : ",", grid[i].key,
                        is_plain(text) ? text : fmt::format("value-{}", chosen[i] + 1));
  }
  return name;
}

}  // namespace noema::experiments
