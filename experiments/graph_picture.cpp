#include "experiments/graph_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "experiments/graph_layout.h"
#include "experiments/html.h"

namespace noema::experiments {
namespace {

using nlohmann::json;

struct Node {
  std::string label;
  std::string forms;  ///< all it is called
  std::string kind;
  double count = 0;
  double x = 0;
  double y = 0;
  double radius = 0;
  double font = 0;
  double half_width = 0;  ///< of the box that holds dot and label
};

struct Edge {
  std::size_t from = 0;
  std::size_t to = 0;
  std::string type;
  double weight = 0;
};

struct Picture {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

std::string key_of(const json& id) { return id.is_string() ? id.get<std::string>() : id.dump(); }
bool made_by_thinking(const std::string& type) { return type == "part-of" || type == "instance-of"; }

/// The label as it is drawn: at most `most` characters, line feeds shown.
std::string shown_label(const std::string& label, std::size_t most) {
  std::string result;
  std::size_t characters = 0;
  for (const char c : label) {
    const bool begins = (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    if (begins && ++characters > most) return result + "…";
    result += c;
  }
  return result.empty() ? "·" : result;
}

/// Em widths: a Chinese character is a square, a Latin letter about half of one.
double label_ems(const std::string& label) {
  double ems = 0;
  for (const char c : label) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) ems += 0.56;
    if (byte >= 0xc0) ems += byte >= 0xe0 ? 1.0 : 0.6;
  }
  return ems;
}

Picture everything(const json& portrait) {
  Picture picture;
  std::map<std::string, std::size_t> index;
  for (const json& node : portrait.value("nodes", json::array())) {
    if (!index.emplace(key_of(node.value("id", json())), picture.nodes.size()).second) continue;
    Node made;
    made.label = shown_label(node.value("label", ""), 16);
    const json forms = node.value("labels", json::array());
    if (forms.size() > 1) made.label += fmt::format(" +{}", forms.size() - 1);  // merged: what else it is called
    for (std::size_t i = 0; i < std::min<std::size_t>(forms.size(), 12); ++i) {
      made.forms += (i > 0 ? ", " : "") + (forms[i].is_string() ? forms[i].get<std::string>() : forms[i].dump());
    }
    made.kind = node.value("kind", "sense");
    made.count = finite_number(node, "count").value_or(0);
    picture.nodes.push_back(std::move(made));
  }
  for (const json& edge : portrait.value("edges", json::array())) {
    const auto from = index.find(key_of(edge.value("from", json())));
    const auto to = index.find(key_of(edge.value("to", json())));
    if (from == index.end() || to == index.end() || from->second == to->second) continue;
    picture.edges.push_back(
        {from->second, to->second, edge.value("type", "associates"), finite_number(edge, "weight").value_or(1)});
  }
  return picture;
}

/// Which nodes to show: walk the edges, those that thinking made first, then the heaviest, and take both ends while
/// there is room.
std::vector<std::size_t> chosen_nodes(const Picture& all, std::size_t most) {
  std::vector<const Edge*> edges;
  for (const Edge& edge : all.edges) edges.push_back(&edge);
  const auto importance = [&](const Edge* e) { return std::min(all.nodes[e->from].count, all.nodes[e->to].count); };
  std::stable_sort(edges.begin(), edges.end(), [&](const Edge* a, const Edge* b) {
    const bool made_a = made_by_thinking(a->type);
    const bool made_b = made_by_thinking(b->type);
    return made_a != made_b ? made_a : importance(a) > importance(b);
  });
  std::vector<std::size_t> order;
  for (const Edge* edge : edges) {
    order.push_back(edge->from);
    order.push_back(edge->to);
  }
  std::vector<std::size_t> by_count(all.nodes.size());
  std::iota(by_count.begin(), by_count.end(), std::size_t{0});
  std::stable_sort(by_count.begin(), by_count.end(),
                   [&](std::size_t a, std::size_t b) { return all.nodes[a].count > all.nodes[b].count; });
  order.insert(order.end(), by_count.begin(), by_count.end());
  std::vector<std::size_t> chosen;
  std::set<std::size_t> seen;
  for (const std::size_t node : order) {
    if (chosen.size() < most && seen.insert(node).second) chosen.push_back(node);
  }
  return chosen;
}

/// The part of the graph to show; a follows or associates edge stays if it is among the heaviest few of one of its
/// ends, else the edges of hubs hide everything.
Picture part(const Picture& all, const PictureOptions& options) {
  static constexpr std::size_t kLooseEdgesANode = 2;
  Picture shown;
  std::map<std::size_t, std::size_t> place;
  for (const std::size_t node : chosen_nodes(all, options.most_nodes)) {
    place[node] = shown.nodes.size();
    shown.nodes.push_back(all.nodes[node]);
  }
  std::vector<const Edge*> edges;
  for (const Edge& edge : all.edges) edges.push_back(&edge);
  std::stable_sort(edges.begin(), edges.end(), [](const Edge* a, const Edge* b) {
    const bool made_a = made_by_thinking(a->type);
    const bool made_b = made_by_thinking(b->type);
    return made_a != made_b ? made_a : a->weight > b->weight;
  });
  std::vector<std::size_t> loose(shown.nodes.size());
  for (const Edge* edge : edges) {
    const auto from = place.find(edge->from);
    const auto to = place.find(edge->to);
    if (from == place.end() || to == place.end() || shown.edges.size() >= options.most_edges) continue;
    if (!made_by_thinking(edge->type)) {
      if (loose[from->second] >= kLooseEdgesANode && loose[to->second] >= kLooseEdgesANode) continue;
      ++loose[from->second];
      ++loose[to->second];
    }
    shown.edges.push_back({from->second, to->second, edge->type, edge->weight});
  }
  return shown;
}

void size_nodes(std::vector<Node>& nodes) {
  double most = 1;
  for (const Node& node : nodes) most = std::max(most, node.count);
  for (Node& node : nodes) {
    const double share = std::log1p(std::max(0.0, node.count)) / std::log1p(most);
    node.radius = 3 + 6 * share;
    node.font = 11 + 6 * share;
    node.half_width = std::max(node.radius, label_ems(node.label) * node.font / 2) + 3;
  }
}

double half_height(const Node& node) { return (2 * node.radius + node.font + 6) / 2; }

void lay_out(Picture& picture) {
  std::vector<double> weights;
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  for (const Node& node : picture.nodes) weights.push_back(node.count);
  for (const Edge& edge : picture.edges) edges.emplace_back(edge.from, edge.to);
  const auto points = lay_out_graph(weights, edges);
  for (std::size_t i = 0; i < points.size(); ++i) {
    picture.nodes[i].x = points[i].x;
    picture.nodes[i].y = points[i].y;
  }
}

void fit(std::vector<Node>& nodes, double width, double height) {
  const auto [left, right] =
      std::minmax_element(nodes.begin(), nodes.end(), [](auto& a, auto& b) { return a.x < b.x; });
  const auto [top, bottom] =
      std::minmax_element(nodes.begin(), nodes.end(), [](auto& a, auto& b) { return a.y < b.y; });
  const double x0 = left->x;
  const double y0 = top->y;
  const double dx = std::max(1e-9, right->x - x0);
  const double dy = std::max(1e-9, bottom->y - y0);
  constexpr double kMarginX = 70;
  constexpr double kMarginY = 30;
  for (Node& node : nodes) {
    node.x = nodes.size() == 1 ? width / 2 : kMarginX + (node.x - x0) / dx * (width - 2 * kMarginX);
    node.y = nodes.size() == 1 ? height / 2 : kMarginY + (node.y - y0) / dy * (height - 2 * kMarginY);
  }
}

/// Pushes boxes apart along the axis that needs less, until none overlap or the rounds are spent.
void part_labels(std::vector<Node>& nodes, double width, double height) {
  for (int round = 0; round < 300; ++round) {
    bool moved = false;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      for (std::size_t j = i + 1; j < nodes.size(); ++j) {
        Node& a = nodes[i];
        Node& b = nodes[j];
        const double over_x = a.half_width + b.half_width - std::abs(a.x - b.x);
        const double over_y = half_height(a) + half_height(b) - std::abs(a.y - b.y);
        if (over_x <= 0 || over_y <= 0) continue;
        moved = true;
        if (over_y <= over_x) {
          const double push = (a.y <= b.y ? -1 : 1) * (over_y / 2 + 0.5);
          a.y += push;
          b.y -= push;
        } else {
          const double push = (a.x <= b.x ? -1 : 1) * (over_x / 2 + 0.5);
          a.x += push;
          b.x -= push;
        }
      }
    }
    for (Node& node : nodes) {
      node.x = std::clamp(node.x, node.half_width + 2, width - node.half_width - 2);
      node.y = std::clamp(node.y, half_height(node) + 2, height - half_height(node) - 2);
    }
    if (!moved) return;
  }
}

/// A CSS class from a kind or type: letters and hyphens only, whatever the life calls it.
std::string css_name(const std::string& name) {
  std::string result;
  for (const char c : name) {
    if ((c >= 'a' && c <= 'z') || c == '-') result += c;
  }
  return result;
}

std::string legend(const Picture& picture) {
  std::set<std::string> kinds;
  std::set<std::string> types;
  for (const Node& node : picture.nodes) kinds.insert(node.kind);
  for (const Edge& edge : picture.edges) types.insert(edge.type);
  std::string html = "<p class=\"legend\">";
  for (const std::string& kind : kinds) {
    html += fmt::format(
        "<span><svg width=\"14\" height=\"14\"><circle class=\"node {}\" cx=\"7\" cy=\"7\" r=\"5\"/></svg> {}</span> ",
        css_name(kind), escape_isolated(kind));
  }
  for (const std::string& type : types) {
    html +=
        fmt::format("<span><svg width=\"30\" height=\"14\"><path class=\"edge {}\" d=\"M1 7H29\"/></svg> {}</span> ",
                    css_name(type), escape_isolated(type));
  }
  return html + "</p>\n";
}

std::string draw(const Picture& picture, const PictureOptions& options) {
  std::string svg = fmt::format(
      "<svg class=\"graph\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-label=\"Part of the concept graph\">\n",
      options.width, options.height);
  double heaviest = 1e-9;
  for (const Edge& edge : picture.edges) heaviest = std::max(heaviest, edge.weight);
  for (const Edge& edge : picture.edges) {
    const Node& a = picture.nodes[edge.from];
    const Node& b = picture.nodes[edge.to];
    const double lift = 0.12;  // a slight bend tells two edges between the same ends apart
    const double mid_x = (a.x + b.x) / 2 + (b.y - a.y) * lift;
    const double mid_y = (a.y + b.y) / 2 - (b.x - a.x) * lift;
    const double thick = 0.9 + 1.4 * std::sqrt(std::max(0.0, edge.weight) / heaviest);
    svg += fmt::format(
        "<path class=\"edge {}\" stroke-width=\"{:.2f}\" d=\"M{:.1f} {:.1f}Q{:.1f} {:.1f} {:.1f} {:.1f}\"/>\n",
        css_name(edge.type), thick, a.x, a.y - a.font / 2, mid_x, mid_y - (a.font + b.font) / 4, b.x, b.y - b.font / 2);
  }
  for (const Node& node : picture.nodes) {
    const double dot_y = node.y - node.font / 2;
    svg += fmt::format(
        "<g><title>{}, {}, met {:.0f} times</title><circle class=\"node {}\" cx=\"{:.1f}\" cy=\"{:.1f}\" "
        "r=\"{:.1f}\"/>",
        escape(node.forms.empty() ? node.label : node.forms), escape(node.kind), node.count, css_name(node.kind),
        node.x, dot_y, node.radius);
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.1f}\">{}</text></g>\n", node.x,
                       dot_y + node.radius + node.font * 0.95, node.font, escape(node.label));
  }
  return svg + "</svg>\n";
}

}  // namespace

std::string graph_picture(const json& portrait, const PictureOptions& options) {
  if (!portrait.is_object()) return "";
  Picture picture = part(everything(portrait), options);
  if (picture.nodes.empty()) return "";
  size_nodes(picture.nodes);
  lay_out(picture);
  fit(picture.nodes, options.width, options.height);
  part_labels(picture.nodes, options.width, options.height);
  return draw(picture, options) + legend(picture);
}

}  // namespace noema::experiments
