#pragma once
// Questions in SQL or as patterns, and their answers as people, programs and spreadsheets read them.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/patterns/pattern.h"
#include "memory/query.h"

namespace noema::app {

struct Answered {
  memory::QueryAnswer answer;
  std::vector<patterns::Shape> shapes;  ///< of the columns; empty for SQL, which has only plain values
};

/// The answer to SQL or to a pattern (docs/patterns.md), whichever the text is; both only read. Throws base::Error.
Answered ask_graph(const std::string& life, const std::string& text, const patterns::Parameters& parameters,
                   const memory::QueryLimits& limits);
/// The SQL that a text is answered by: what a pattern compiles to; SQL is itself.
std::string sql_of(const std::string& text, const patterns::Parameters& parameters);
/// A row as an object; truth values, lists, nodes and relations are JSON's own.
nlohmann::ordered_json to_json(const Answered& answered, const std::vector<memory::QueryCell>& row);
std::string table_of(const Answered& answered, std::size_t widest);

/// A row as an object: its columns' names and values; bytes as hexadecimal digits.
nlohmann::ordered_json to_json(const std::vector<std::string>& columns, const std::vector<memory::QueryCell>& row);

/// A row of CSV with its line end (RFC 4180, but for a line end of one character). NULL is empty, an empty text is "".
std::string csv_row(const std::vector<memory::QueryCell>& row);
std::string csv_row(const std::vector<std::string>& columns);

/// The answer as a table for people: long values are shortened to `widest` columns of the terminal, numbers stand to
/// the right.
std::string table_of(const memory::QueryAnswer& answer, std::size_t widest);

/// {"columns":[names],"rows":[objects],"cut"}: a whole answer, as a server gives it.
nlohmann::ordered_json to_json(const Answered& answered);
/// What it wrote, read again (json_fields.h). Bytes come back as the text of their digits.
Answered answered_of(const nlohmann::ordered_json& object);

}  // namespace noema::app
