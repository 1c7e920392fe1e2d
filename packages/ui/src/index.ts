// The front door of @driftless/ui: explicit names only.
export { Age, type AgeProps } from './age.tsx'
export { type AnsiPiece, parseAnsi } from './ansi-text.ts'
export { Mark, Wordmark } from './brand.tsx'
export {
  Button,
  ButtonGroup,
  type ButtonKind,
  type ButtonProps,
  IconButton,
  type IconButtonProps,
} from './button.tsx'
export { classNames } from './class-names.ts'
export { CodeBlock, type CodeBlockProps, YamlLine } from './code-block.tsx'
export { CodeEditor, type CodeEditorProps } from './code-editor.tsx'
export { ConfirmDialog, type ConfirmDialogProps, Dialog, type DialogProps } from './dialog.tsx'
export { countChanges, type DiffRow, diffLines, diffWords, foldRows } from './diff-lines.ts'
export { DiffView, type DiffViewProps } from './diff-view.tsx'
export {
  Checkbox,
  type CheckboxProps,
  CheckMark,
  Input,
  type InputProps,
  Radio,
  type RadioProps,
  Select,
  type SelectOption,
  type SelectProps,
  TextArea,
  type TextAreaProps,
} from './field.tsx'
export { HealthBar, type HealthBarPart } from './health-bar.tsx'
export { Icon, type IconProps, KindIcon, type KindIconProps } from './icon.tsx'
export type { IconName } from './icon-paths.ts'
export { Kbd } from './kbd.tsx'
export { type LogLine, LogView, type LogViewProps } from './log-view.tsx'
export { Menu, type MenuItem } from './menu.tsx'
export { MiddleText } from './middle-text.tsx'
export { Banner, type BannerProps, EmptyState, type EmptyStateProps, Skeleton } from './notice.tsx'
export { Panel, type PanelProps } from './panel.tsx'
export { Popover, PopoverClose, type PopoverProps } from './popover.tsx'
export { SearchBox, type SearchBoxProps } from './search-box.tsx'
export { type Segment, Segments, type SegmentsProps } from './segments.tsx'
export { Spotlight, type SpotlightProps } from './spotlight.tsx'
export {
  Dot,
  Glyph,
  Pill,
  StatusIcon,
  type StatusIconProps,
  StatusWord,
  type StatusWordProps,
  Tag,
} from './status-word.tsx'
export { type Tab, Tabs, type TabsProps } from './tabs.tsx'
export { type ToastMessage, ToastProvider, useToast } from './toast.tsx'
export { calmTones, type Tone, toneClass, toneIcon } from './tone.ts'
export { Tooltip, TooltipProvider } from './tooltip.tsx'
export { BarDivider, TopBar, type TopBarProps } from './top-bar.tsx'
