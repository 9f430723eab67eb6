#pragma once
// From text to PEGTL's tree of the rules that matched. Only reader.cpp, parse.cpp and tests include this.

#include <memory>
#include <string_view>
#include <tao/pegtl/contrib/parse_tree.hpp>

#include "app/patterns/syntax.h"

namespace noema::app::patterns {

using Tree = tao::pegtl::parse_tree::node;

/// Where a byte of the text is. O(byte).
Place place_of(std::string_view text, std::size_t byte);

/// The root; its children are the clauses. Refers to `text`. Throws base::Error where the text is no pattern.
std::unique_ptr<Tree> read_tree(std::string_view text);

}  // namespace noema::app::patterns
