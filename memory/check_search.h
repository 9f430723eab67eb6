#pragma once
// Is the full-text index what the episodes give?

#include <optional>
#include <string>

#include "memory/database.h"

namespace noema::memory {

/// Fills the table with the terms of all episodes. It must be empty and have the columns of episode_terms. O(life).
void index_episodes(Database& database, const std::string& table);

/// The first difference between the full-text index and one made anew from the episodes; nothing if there is none.
/// Writes only a temporary table, so that a connection opened for reading can do it. O(life). Throws base::Error if the
/// index cannot be read.
std::optional<std::string> first_search_difference(Database& database);

/// The same for the index of mentions.
std::optional<std::string> first_mention_difference(Database& database);

}  // namespace noema::memory
