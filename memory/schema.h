#pragma once
// The tables of a life and how older files are brought up to them. docs/life-format.md explains each.

#include <optional>
#include <span>
#include <string>

#include "memory/database.h"

namespace noema::memory {

/// The format this code writes; SQLite's user_version.
inline constexpr int kFormat = 6;
/// The first format that says by which rule its rows tell units apart.
inline constexpr int kFormatOfRules = 3;
/// SQLite's application_id: "noem".
inline constexpr int kApplicationId = 0x6e6f656d;

/// The full-text index over the episodes, as CREATE VIRTUAL TABLE ... USING takes it.
inline constexpr const char* kSearchIndex =
    R"(fts5(terms, group_token, content='', tokenize="unicode61 remove_diacritics 0"))";

/// One rung of the ladder: brings a file from format `to - 1` to `to`.
struct Migration {
  int to;
  const char* sql;
  void (*convert)(Database& database) = nullptr;  ///< rewrites rows after the SQL; may be null
};

/// From an empty database (format 0) to kFormat, in order.
std::span<const Migration> migrations();

int format_of(Database& database);

/// The first table, index or view that is not as this code makes it; nothing if all are.
std::optional<std::string> first_schema_difference(Database& database);

/// Throws Error if the file's format is newer than the ladder reaches.
void refuse_newer(Database& database, std::span<const Migration> ladder);

/// Climbs the ladder from the file's format in one transaction: all rungs or none. Throws Error if the file is newer.
void migrate(Database& database, std::span<const Migration> ladder);

}  // namespace noema::memory
