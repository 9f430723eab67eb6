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

}  // namespace

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

}  // namespace noema::app
