#include "app/actions/query.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/human.h"
#include "base/csv.h"

namespace noema::app {
namespace {

using memory::QueryBytes;
using memory::QueryCell;
using nlohmann::ordered_json;

std::string hexadecimal(const QueryBytes& bytes) {
  std::string digits;
  for (const char byte : bytes.bytes) digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return digits;
}

bool is_number(const QueryCell& cell) {
  return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell);
}

std::string text_of(const QueryCell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&cell)) return fmt::format("{}", *real);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* bytes = std::get_if<QueryBytes>(&cell)) return hexadecimal(*bytes);
  return {};
}

/// Six significant digits: what is not seen in a table is in --json and --csv.
std::string text_for_people(const QueryCell& cell) {
  if (const auto* real = std::get_if<double>(&cell)) return fmt::format("{:.6g}", *real);
  return one_line(text_of(cell));
}

/// An empty text stands in quotes, to be told from NULL.
std::string quoted_for_csv(const std::string& text) { return text.empty() ? "\"\"" : base::csv_field(text); }

template <typename Values, typename Write>
std::string joined(const Values& values, const Write& write) {
  std::string line;
  for (std::size_t i = 0; i < values.size(); ++i) line.append(i > 0 ? "," : "").append(write(values[i]));
  return line + '\n';
}

/// How SQL takes a parameter: a truth value as 0 or 1, a list as JSON.
QueryCell cell_of(const nlohmann::json& value) {
  if (value.is_null()) return std::monostate{};
  if (value.is_boolean()) return std::int64_t{value.get<bool>()};
  if (value.is_number_float()) return value.get<double>();
  if (value.is_number()) return value.get<std::int64_t>();
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// A node by its name, a relation by its type, a list by its elements, a path by its nodes.
std::string words_of(const ordered_json& value, const char* between = ", ") {
  if (value.is_array()) {
    std::vector<std::string> words;
    for (const auto& element : value) words.push_back(words_of(element));
    return fmt::format("{}", fmt::join(words, between));
  }
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_object()) return value.dump();
  for (const char* name : {"label", "text", "surface", "rule", "reason", "type"})
    if (const auto found = value.find(name); found != value.end() && found->is_string())
      return found->get<std::string>();
  const auto found = value.find("nodes");
  return found == value.end() ? value.dump() : words_of(*found, " > ");
}

bool is_null(const QueryCell& cell) { return std::holds_alternative<std::monostate>(cell); }

}  // namespace

Answered ask_graph(const std::string& life, const std::string& text, const patterns::Parameters& parameters,
                   const memory::QueryLimits& limits) {
  memory::QueryParameters cells;
  for (const auto& [name, value] : parameters) cells[name] = cell_of(value);
  if (!patterns::is_pattern(text)) return {memory::query(life, text, limits, cells), {}};
  const patterns::Compiled compiled = patterns::compile(text, parameters);
  return {memory::query(life, compiled.sql, limits, cells), compiled.shapes};
}

std::string sql_of(const std::string& text, const patterns::Parameters& parameters) {
  return patterns::is_pattern(text) ? patterns::compile(text, parameters).sql : text;
}

ordered_json to_json(const Answered& answered, const std::vector<QueryCell>& row) {
  ordered_json object = to_json(answered.answer.columns, row);
  for (std::size_t i = 0; i < answered.shapes.size(); ++i) {
    ordered_json& value = object[answered.answer.columns[i]];
    if (answered.shapes[i] == patterns::Shape::kTruth && !value.is_null()) value = value != 0;
    if (answered.shapes[i] == patterns::Shape::kJson && value.is_string())
      value = ordered_json::parse(value.get<std::string>());
  }
  return object;
}

std::string table_of(const Answered& answered, std::size_t widest) {
  memory::QueryAnswer answer = answered.answer;
  for (auto& row : answer.rows) {
    for (std::size_t i = 0; i < answered.shapes.size(); ++i) {
      if (answered.shapes[i] == patterns::Shape::kTruth && !is_null(row[i]))
        row[i] = text_of(row[i]) == "0" ? "false" : "true";
      if (answered.shapes[i] == patterns::Shape::kJson && !is_null(row[i]))
        row[i] = words_of(ordered_json::parse(text_of(row[i])));
    }
  }
  return table_of(answer, widest);
}

ordered_json to_json(const std::vector<std::string>& columns, const std::vector<QueryCell>& row) {
  ordered_json object = ordered_json::object();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ordered_json& value = object[columns[i]];
    if (const auto* integer = std::get_if<std::int64_t>(&row[i]))
      value = *integer;
    else if (const auto* real = std::get_if<double>(&row[i]))
      value = *real;
    else if (!std::holds_alternative<std::monostate>(row[i]))
      value = text_of(row[i]);
  }
  return object;
}

std::string csv_row(const std::vector<QueryCell>& row) {
  return joined(row, [](const QueryCell& cell) {
    return std::holds_alternative<std::monostate>(cell) ? std::string() : quoted_for_csv(text_of(cell));
  });
}

std::string csv_row(const std::vector<std::string>& columns) { return joined(columns, quoted_for_csv); }

std::string table_of(const memory::QueryAnswer& answer, std::size_t widest) {
  std::vector<TextTable::Column> columns;
  for (std::size_t i = 0; i < answer.columns.size(); ++i) {
    const bool is_numeric = !answer.rows.empty() && std::all_of(answer.rows.begin(), answer.rows.end(), [&](auto& row) {
      return is_number(row[i]) || std::holds_alternative<std::monostate>(row[i]);
    });
    columns.push_back({one_line(answer.columns[i]), is_numeric ? Align::kRight : Align::kLeft});
  }
  TextTable table(columns);
  for (const auto& row : answer.rows) {
    std::vector<std::string> cells;
    for (const QueryCell& cell : row) cells.push_back(shortened(text_for_people(cell), widest));
    table.add(cells);
  }
  return table.text();
}

ordered_json to_json(const Answered& answered) {
  ordered_json rows = ordered_json::array();
  for (const auto& row : answered.answer.rows) rows.push_back(to_json(answered, row));
  return {{"columns", answered.answer.columns}, {"rows", rows}, {"cut", answered.answer.is_cut}};
}

namespace {

/// What the values of a column show that they are.
patterns::Shape shape_of(const ordered_json& rows, const std::string& column) {
  patterns::Shape shape = patterns::Shape::kPlain;
  for (const ordered_json& row : rows) {
    if (row.at(column).is_structured()) return patterns::Shape::kJson;
    if (row.at(column).is_boolean()) shape = patterns::Shape::kTruth;
  }
  return shape;
}

}  // namespace

Answered answered_of(const ordered_json& object) {
  Answered answered;
  object.at("columns").get_to(answered.answer.columns);
  object.at("cut").get_to(answered.answer.is_cut);
  const ordered_json& rows = object.at("rows");
  for (const std::string& column : answered.answer.columns) answered.shapes.push_back(shape_of(rows, column));
  for (const ordered_json& row : rows) {
    std::vector<QueryCell> cells;
    for (std::size_t i = 0; i < answered.shapes.size(); ++i) {
      const ordered_json& value = row.at(answered.answer.columns[i]);
      const bool is_json = answered.shapes[i] == patterns::Shape::kJson && !value.is_null();
      cells.push_back(is_json ? QueryCell(value.dump()) : cell_of(nlohmann::json(value)));
    }
    answered.answer.rows.push_back(std::move(cells));
  }
  return answered;
}

}  // namespace noema::app
