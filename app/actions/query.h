#pragma once
// Answers to SQL as people, programs and spreadsheets read them.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "memory/query.h"

namespace noema::app {

/// A row as an object: its columns' names and values; bytes as hexadecimal digits.
nlohmann::ordered_json to_json(const std::vector<std::string>& columns, const std::vector<memory::QueryCell>& row);

/// A row of CSV with its line end (RFC 4180, but for a line end of one character). NULL is empty, an empty text is "".
std::string csv_row(const std::vector<memory::QueryCell>& row);
std::string csv_row(const std::vector<std::string>& columns);

/// The answer as a table for people: long values are shortened to `widest` columns of the terminal, numbers stand to
/// the right.
std::string table_of(const memory::QueryAnswer& answer, std::size_t widest);

}  // namespace noema::app
