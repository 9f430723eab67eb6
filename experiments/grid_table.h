#pragma once
// [grid] of an experiment file: keys of the file, each with the list of the values that it takes in turn. Every
// combination is the file without [grid] and with one value at each key, so that whatever is checked in a file is
// checked in each combination.
//
//     [grid]
//     seed = [1, 2, 3]
//     protocol.think = [0, 2, 8]
//     arms.replay.kept = [500, 1500]       # an option of the arms `replay` that `arms` names

#include <toml++/toml.h>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/config.h"

namespace noema::experiments {

/// The most runs of one experiment.
inline constexpr std::size_t kMostRuns = 10'000;

/// The keys of [grid], in the order of the file; none if there is no such table. Throws base::Error with file:line for
/// a key that is no list, a list that is empty or names a value twice, a key that the file sets elsewhere too, and more
/// than kMostRuns combinations.
std::vector<Varied> read_grid(const toml::table& root, const std::filesystem::path& file);

/// Removes [grid], if there is one, from the file and sets each key to the value at `chosen` (one index a key of
/// `grid`). Throws base::Error with file:line for a key that no file has, and an option of an arm that the file does
/// not name.
void choose(toml::table& root, const std::vector<Varied>& grid, const std::vector<std::size_t>& chosen,
            const std::filesystem::path& file);

/// Name of the folder of a combination: "protocol.think=2,stream.files=value-1"; a value that is no plain word or
/// number stands by its place in the list, from 1.
std::string setting_name(const std::vector<Varied>& grid, const std::vector<std::size_t>& chosen);

}  // namespace noema::experiments
