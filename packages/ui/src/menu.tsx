import { DropdownMenu as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export interface MenuItem {
  readonly label: string
  readonly icon?: IconName
  readonly onSelect: () => void
  readonly danger?: boolean
  readonly checked?: boolean
  readonly disabled?: boolean
  /** Draws a line above the item. */
  readonly separated?: boolean
}

/** A menu that drops from its trigger. */
export function Menu({
  trigger,
  items,
  align = 'end',
}: {
  readonly trigger: ReactNode
  readonly items: readonly MenuItem[]
  readonly align?: 'start' | 'end'
}) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          className="z-[60] max-h-[60vh] min-w-[200px] overflow-auto rounded-3 border border-line-strong bg-raised p-1 shadow-3 animate-fade-in"
          collisionPadding={8}
          sideOffset={4}
        >
          {items.map((item) => (
            <div key={item.label}>
              {item.separated === true ? <Primitive.Separator className="m-1 h-px bg-line" /> : null}
              <Primitive.Item
                className={classNames(
                  'flex h-[30px] cursor-pointer items-center gap-2 rounded-2 px-2 outline-none! data-[disabled]:cursor-not-allowed data-[disabled]:text-text-disabled data-[highlighted]:bg-pressed max-sm:h-10',
                  item.danger === true && 'text-degraded-fg',
                )}
                disabled={item.disabled === true}
                onSelect={item.onSelect}
              >
                {item.icon === undefined ? null : (
                  <Icon className={item.danger === true ? '' : 'text-text-3'} name={item.icon} />
                )}
                <span className="flex-1 truncate">{item.label}</span>
                {item.checked === true ? <Icon className="text-accent-text" name="check" size={14} /> : null}
              </Primitive.Item>
            </div>
          ))}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
