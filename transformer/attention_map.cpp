#include "transformer/attention_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "transformer/corpus.h"
#include "transformer/inference.h"

namespace noema::transformer {
namespace {

std::string name_of(const Tokenizer& tokenizer, Token token) {
  const std::string text = tokenizer.text_of(token);
  if (text.empty()) return "<begin>";
  if (!base::first_invalid_utf8(text)) return text;
  std::string name;
  for (unsigned char byte : text) name += fmt::format("<0x{:02X}>", byte);
  return name;
}

/// A token as a label: without the white space before it, unless it is nothing else.
std::string label_of(const std::string& token) {
  const auto first = token.find_first_not_of(" \t\n");
  if (first != token.npos) return token.substr(first);
  return token.find('\n') != token.npos ? "\\n" : "' '";
}

/// Columns a text takes on a terminal: East Asian characters take two.
std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (unsigned char c : text)
    if ((c & 0xC0) != 0x80)
      count += c >= 0xE2 ? 2 : 1;  // from U+2000 on: mostly Chinese, Japanese, Korean, marks, emoji
  return count;
}

std::string padded(const std::string& text, std::size_t width, bool right = true) {
  const std::string space(width - std::min(width, columns(text)), ' ');
  return right ? space + text : text + space;
}

std::string escaped(std::string_view text) {
  std::string xml;
  for (char c : text) {
    if (c == '<')
      xml += "&lt;";
    else if (c == '>')
      xml += "&gt;";
    else if (c == '&')
      xml += "&amp;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      xml += c;
  }
  return xml;
}

/// White at 0 over blue to dark blue at 1.
std::string colour(float weight) {
  const auto mix = [&](double light, double dark) {
    return static_cast<int>(light + (dark - light) * std::clamp(static_cast<double>(weight), 0.0, 1.0) + 0.5);
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mix(247, 8), mix(251, 64), mix(255, 129));
}

}  // namespace

AttentionMap attention_map(const Model& model, std::string_view text, int layer, int head, Mask mask) {
  const Shape& shape = model.shape();
  if (layer < 0 || layer >= shape.layers)
    throw base::UsageError(fmt::format("--layer {}: the model has layers 0 to {}", layer, shape.layers - 1));
  if (head < 0 || head >= shape.heads)
    throw base::UsageError(fmt::format("--head {}: the model has heads 0 to {}", head, shape.heads - 1));
  std::vector<Token> tokens(1, kStart);
  const auto more = tokens_of_line(text, model.tokenizer());
  tokens.insert(tokens.end(), more.begin(), more.end());
  if (more.empty()) throw base::Error("attention: the text is empty; give some words");
  if (static_cast<int>(tokens.size()) > shape.context)
    throw base::Error(fmt::format("attention: the text has {} tokens, the model's context holds {}; give a shorter one",
                                  tokens.size() - 1, shape.context - 1));

  Inference inference(model);
  inference.keep_attention(layer);
  inference.append(tokens, mask == Mask::kBidirectional ? static_cast<int>(tokens.size()) : 0);
  AttentionMap map{{}, layer, head, {}};
  const std::size_t n = tokens.size();
  const float* kept = inference.kept_attention().data() + static_cast<std::size_t>(head) * n * n;
  for (std::size_t i = 0; i < n; ++i) {
    map.tokens.push_back(name_of(model.tokenizer(), tokens[i]));
    map.weights.emplace_back(kept + i * n, kept + (i + 1) * n);
  }
  return map;
}

std::string attention_table(const AttentionMap& map) {
  std::vector<std::string> labels;
  std::size_t first = 0;
  for (const auto& token : map.tokens) {
    labels.push_back(label_of(token));
    first = std::max(first, columns(labels.back()));
  }
  const auto width = [&](std::size_t column) { return std::max<std::size_t>(4, columns(labels[column])) + 2; };
  std::string table = padded("", first);
  for (std::size_t j = 0; j < labels.size(); ++j) table += padded(labels[j], width(j));
  table += '\n';
  for (std::size_t i = 0; i < labels.size(); ++i) {
    table += padded(labels[i], first, false);
    for (std::size_t j = 0; j < labels.size(); ++j) {
      const float weight = map.weights[i][j];
      table += padded(weight == 0 ? std::string("·") : fmt::format("{:.2f}", weight), width(j));
    }
    table += '\n';
  }
  return table;
}

std::string attention_svg(const AttentionMap& map) {
  constexpr int kCell = 40, kMargin = 16;
  std::size_t longest = 0;
  for (const auto& token : map.tokens) longest = std::max(longest, columns(label_of(token)));
  const int room = 24 + static_cast<int>(longest) * 9;  // for labels, at 9 pixels a column
  const int n = static_cast<int>(map.tokens.size()), left = kMargin + room, top = kMargin + 30 + room;
  const int width = std::max(260, left + n * kCell + kMargin + room / 2), height = top + n * kCell + kMargin;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "font-family=\"DejaVu Sans, Noto Sans CJK SC, sans-serif\" font-size=\"14\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n"
      "<title>Each row's token reads from the tokens of the columns; a row sums to 1</title>\n"
      "<text x=\"{2}\" y=\"{3}\" font-size=\"15\">Attention, layer {4}, head {5}</text>\n",
      width, height, kMargin, kMargin + 12, map.layer, map.head);
  for (int i = 0; i < n; ++i) {
    const std::string label = escaped(label_of(map.tokens[static_cast<std::size_t>(i)]));
    const int middle = i * kCell + kCell / 2;
    svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", left - 8, top + middle + 5, label);
    // A single character stands upright; longer labels lean.
    const bool upright = columns(label_of(map.tokens[static_cast<std::size_t>(i)])) <= 2;
    svg += fmt::format("<text {}>{}</text>\n",
                       upright ? fmt::format("x=\"{}\" y=\"{}\" text-anchor=\"middle\"", left + middle, top - 10)
                               : fmt::format("transform=\"translate({},{}) rotate(-60)\"", left + middle + 5, top - 8),
                       label);
  }
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j) {
      const float weight = map.weights[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
      const int x = left + j * kCell, y = top + i * kCell;
      svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"#d0d7de\"/>", x, y,
                         kCell, kCell, weight == 0 ? "#f6f6f6" : colour(weight));
      if (weight != 0)
        svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\" fill=\"{}\">{:.2f}</text>",
                           x + kCell / 2, y + kCell / 2 + 4, weight > 0.5F ? "white" : "black", weight);
      svg += '\n';
    }
  return svg + "</svg>\n";
}

}  // namespace noema::transformer
