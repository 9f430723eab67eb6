#include "experiments/table_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/error.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;

std::string_view type_name(toml::node_type type) {
  switch (type) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "a list";
    case toml::node_type::string: return "a text";
    case toml::node_type::integer: return "a whole number";
    case toml::node_type::floating_point: return "a number with a fraction";
    case toml::node_type::boolean: return "true or false";
    default: return "a date or time";
  }
}

/// Levenshtein distance over bytes.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({row[j] + 1, row[j + 1] + 1, substituted});
    }
  }
  return row.back();
}

}  // namespace

std::string suggestion(std::string_view found, const std::vector<std::string>& known) {
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(2, found.size() / 3) + 1;
  for (const std::string& name : known) {
    const std::size_t distance = edit_distance(found, name);
    if (distance < best_distance) {
      best = &name;
      best_distance = distance;
    }
  }
  const std::string list = fmt::format("expected one of: {}", fmt::join(known, ", "));
  return best == nullptr ? list : fmt::format("did you mean '{}'? ({})", *best, list);
}

void fail(const fs::path& file, std::uint32_t line, const std::string& message) {
  throw base::Error(fmt::format("{}:{}: {}", file.string(), std::max<std::uint32_t>(line, 1), message));
}

void TableReader::text(const std::string& key, std::string& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  if (!node->is_string()) wrong_type(key, *node, "a text in quotes");
  value = node->as_string()->get();
}

void TableReader::number(const std::string& key, double& value, const base::Range& range) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  const auto found = node->value<double>();
  if (!node->is_number() || !found) wrong_type(key, *node, "a number");
  if (!range.contains(*found)) out_of_range(key, *node, fmt::format("{}", *found), range);
  value = *found;
}

void TableReader::integer(const std::string& key, std::optional<std::int64_t>& value, const base::Range& range) {
  if (!has(key)) return note(key);
  integer(key, value.emplace(), range);
}

void TableReader::number(const std::string& key, std::optional<double>& value, const base::Range& range) {
  if (!has(key)) return note(key);
  number(key, value.emplace(), range);
}

void TableReader::flag(const std::string& key, bool& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  if (!node->is_boolean()) wrong_type(key, *node, "true or false");
  value = node->as_boolean()->get();
}

void TableReader::integers(const std::string& key, std::vector<std::uint64_t>& values, const base::Range& range) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  if (!node->is_array() || node->as_array()->empty())
    wrong_type(key, *node, "a list of whole numbers, such as [1, 2, 3]");
  for (const toml::node& item : *node->as_array())
    values.push_back(static_cast<std::uint64_t>(integer_of(key, item, range, "a list of whole numbers")));
}

void TableReader::texts(const std::string& key, std::vector<std::string>& values) {
  const toml::node* node = find(key);
  if (node == nullptr) return;
  if (!node->is_array()) wrong_type(key, *node, "a list of texts");
  values.clear();
  for (const toml::node& item : *node->as_array()) {
    if (!item.is_string()) {
      fail(file_, item.source().begin.line,
           fmt::format("'{}' holds {}; expected only texts in quotes", full(key), type_name(item.type())));
    }
    values.push_back(item.as_string()->get());
  }
}

void TableReader::finish() const {
  for (const auto& [key, node] : table_) {
    const std::string found(key.str());
    if (std::find(known_.begin(), known_.end(), found) != known_.end()) continue;
    fail(file_, key.source().begin.line, fmt::format("unknown key '{}'; {}", full(found), suggestion(found, known_)));
  }
}

std::uint32_t TableReader::line(const std::string& key) const {
  const toml::node* node = table_.get(key);
  return node != nullptr ? node->source().begin.line : table_.source().begin.line;
}

const toml::table* TableReader::table(const std::string& key) {
  const toml::node* node = find(key);
  if (node == nullptr) return nullptr;
  if (!node->is_table()) wrong_type(key, *node, fmt::format("a table, written [{}]", key));
  return node->as_table();
}

std::int64_t TableReader::integer_of(const std::string& key, const toml::node& node, const base::Range& range,
                                     const char* expected) const {
  if (!node.is_integer()) wrong_type(key, node, expected);
  const std::int64_t found = node.as_integer()->get();
  if (range.complaint(std::to_string(found))) out_of_range(key, node, fmt::format("{}", found), range);
  return found;
}

void TableReader::wrong_type(const std::string& key, const toml::node& node, const std::string& expected) const {
  fail(file_, node.source().begin.line,
       fmt::format("'{}' is {}; expected {}", full(key), type_name(node.type()), expected));
}

void TableReader::out_of_range(const std::string& key, const toml::node& node, const std::string& found,
                               const base::Range& range) const {
  fail(file_, node.source().begin.line, fmt::format("'{}' is {}; expected {}", full(key), found, range.expected()));
}

}  // namespace noema::experiments
